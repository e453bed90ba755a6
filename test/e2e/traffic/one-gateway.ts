/** One gateway that keeps answers for all tests of a file, before a backend that answers as the test says. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Answering, type CachedGateway, cachedGateway, says } from "./cached-gateway.ts";

export type OneGateway = {
  readonly gateway: CachedGateway;
  /** What the backend answers until the test is over. */
  answering: Answering;
  /** Answers that the backend has given so far. */
  answered: number;
  /** Nothing is kept for it yet. */
  readonly path: (first: string) => string;
};

export function oneGateway(text: string): OneGateway {
  let gateway: CachedGateway | undefined;
  let fresh = 0;
  const here: OneGateway = {
    get gateway() {
      if (gateway === undefined) throw new Error("the gateway does not run yet");
      return gateway;
    },
    answering: says({}),
    answered: 0,
    path: (first) => `/${first}/p${++fresh}`,
  };
  beforeAll(async () => {
    gateway = await cachedGateway(text, (request, response) => here.answering(response, ++here.answered, request.headers));
  });
  afterAll(() => gateway?.close());
  beforeEach(() => {
    here.answering = says({});
  });
  return here;
}
