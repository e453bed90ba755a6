/** A program with an authorizer in both hands, whose answers the test says, under a clock that the test moves. */
import { bothHands, comparable, gatewayOf } from "../../harness/both-hands.ts";
import { compileFiles, errorsOf } from "../../harness/compile-files.ts";
import { TEST_NOW, testWorld, type TestWorld } from "../../harness/world.ts";
import { testConfiguration } from "../../../compiler/testing/configuration.ts";
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import type { Question, Reply } from "../../../runtime/contract/world.ts";
import { expect } from "vitest";

export type Asked = { readonly target?: string; readonly headers?: readonly (readonly [string, string])[]; readonly method?: string };
export type Scene = {
  /** The outcome in both hands, which must be equal and ask the same. `at`: milliseconds after the start. */
  readonly ask: (request: Asked, at?: number) => Promise<Outcome>;
  /** What was asked of the authorizer so far, by the compiled hand. */
  readonly questions: () => readonly Question[];
};

const GATEWAY = `
gateway shop { listen 8080, arn { region: "eu-west-1", account: 111122223333, api_id: "a1b2c3" } }
GET "/orders" { accept Legacy, allow when principal is known, respond 200 "orders" }
GET "/orders/{id}" { accept Legacy, allow when principal is known, respond 200 "order" }
DELETE "/orders/{id}" { accept Legacy, allow when principal is known, respond 200 "gone" }
`;

/** `identity` declares `Legacy`. */
export async function scene(identity: string, answer: (question: Question) => Reply | Promise<Reply>, gateway = GATEWAY): Promise<Scene> {
  const compiled = await compileFiles([{ file: "gateway.gwl", text: `gwl 1\n${identity}\n${gateway}` }]);
  expect(errorsOf(compiled).map(({ message }) => message)).toEqual([]);
  const { program } = compiled.compilation;
  const hands = bothHands(program, testConfiguration(program, program.stages[0]));
  let now = TEST_NOW;
  const world = (): TestWorld => ({ ...testWorld({ ask: answer }), now: () => now });
  const [ours, theirs] = [world(), world()];
  return {
    ask: async (request, at = 0) => {
      now = TEST_NOW + at;
      const actual = await gatewayOf(hands.compiled).handle(requestOf(request), ours);
      const expected = await gatewayOf(hands.reference).handle(requestOf(request), theirs);
      expect(comparable(actual)).toBe(comparable(expected));
      expect(shown(ours.questions)).toEqual(shown(theirs.questions));
      return actual;
    },
    questions: () => ours.questions,
  };
}

function shown(questions: readonly Question[]): readonly object[] {
  return questions.map((question) => ({ ...question, body: new TextDecoder().decode(question.body) }));
}

function requestOf({ target = "/orders", headers = [["X-Token", "abc"]], method = "GET" }: Asked) {
  return {
    method,
    target,
    httpVersion: "1.1",
    rawHeaders: [["Host", "shop.example"], ...headers].flat(),
    peer: "203.0.113.9",
    secure: false,
    readBody: () => Promise.resolve({ kind: "bytes", bytes: new Uint8Array() } as const),
  };
}

export function answered(status: number, body: unknown, headers: readonly (readonly [string, string])[] = []): Reply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { kind: "answer", status, headers, body: new TextEncoder().encode(text) };
}

/** What the caller gets, in short. */
export function told({ decision, answer }: Outcome): string {
  const status = answer.kind === "local" ? answer.status : "forward";
  return `${status} ${decision.cause}${decision.principal === undefined ? "" : ` ${decision.principal.id}`}`;
}

export function bodyOf(question: Question | undefined): unknown {
  return JSON.parse(new TextDecoder().decode(question?.body));
}
