/**
 * The body of one request as it comes from the socket: read whole, passed on, or thrown away. Promises that limits hold
 * while bytes come, that the whole body has one deadline, and that nothing is read before somebody wants it.
 */
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import type { BodyRead } from "../../contract/request.ts";

/** Where a body goes. `write` gives false when no more is wanted until `resume` is called. */
export type BodySink = {
  readonly write: (chunk: Uint8Array) => boolean;
  readonly end: () => void;
  readonly fail: (why: "tooLarge" | "incomplete") => void;
};

export type RequestBody = {
  /** Bytes so far. */
  readonly received: () => number;
  /** Nothing of it is left in the network. */
  readonly isComplete: () => boolean;
  /** The client waits for `100 Continue` and has sent nothing. */
  readonly isHeldBack: () => boolean;
  readonly declared: number | undefined;
  readonly read: (limit: number) => Promise<BodyRead>;
  /** To be called once. */
  readonly flow: (limit: number, sink: BodySink) => BodyFlow;
};
export type BodyFlow = { readonly resume: () => void; readonly stop: () => void };

export function requestBody(request: ClientRequest, response: ClientResponse, deadline: number): RequestBody {
  return new Body(request, response, deadline);
}

/** One object, and functions of its own only where there is a body: most requests have none. */
class Body implements RequestBody {
  readonly request: ClientRequest;
  readonly response: ClientResponse;
  readonly deadline: number;
  bytes = 0;
  awaitsContinue: boolean;

  constructor(request: ClientRequest, response: ClientResponse, deadline: number) {
    this.request = request;
    this.response = response;
    this.deadline = deadline;
    this.awaitsContinue = request.awaitsContinue;
  }

  get declared(): number | undefined {
    return this.request.length;
  }

  received(): number {
    return this.bytes;
  }

  isComplete(): boolean {
    return this.request.complete;
  }

  isHeldBack(): boolean {
    return this.awaitsContinue;
  }

  flow(limit: number, sink: BodySink): BodyFlow {
    if (this.awaitsContinue) this.response.writeContinue();
    this.awaitsContinue = false;
    const { request } = this;
    const stop = (): void => {
      clearTimeout(timer);
      request.flow(undefined);
    };
    const fail = (why: "tooLarge" | "incomplete"): void => {
      stop();
      sink.fail(why);
    };
    const timer = setTimeout(() => fail("incomplete"), this.deadline);
    request.flow({
      onData: (chunk) => {
        this.bytes += chunk.length;
        if (this.bytes > limit) fail("tooLarge");
        else if (!sink.write(chunk)) request.pause();
      },
      onEnd: () => {
        stop();
        sink.end();
      },
      onGone: () => fail("incomplete"),
    });
    return { resume: () => request.resume(), stop };
  }

  read(limit: number): Promise<BodyRead> {
    return new Promise((resolve) => {
      const parts: Uint8Array[] = [];
      this.flow(limit, {
        write: (chunk) => parts.push(chunk) > 0,
        end: () => resolve({ kind: "bytes", bytes: Buffer.concat(parts) }),
        fail: (kind) => resolve({ kind }),
      });
    });
  }
}
