/** Ids and traces that clients say, each form of each field: both hands say the same, and the header rules are those of W3C Trace Context. */
import { describe, expect, test } from "vitest";
import type { Answer, Outcome } from "../../runtime/contract/gateway.ts";
import { IDS, PARENTS, STATES } from "../arbitraries/call-names.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { testWorld } from "../harness/world.ts";

const TEXT = `gwl 1

backend orders = http { targets: ["http://orders.internal:8080"] }

gateway shop {
  listen 8080
  trust request_ids 198.51.100.0/24
  trust traces 198.51.100.0/24
  traces { share: 50% }
}

GET "/orders" -> orders { public because "an example" }
`;

type Field = readonly [name: string, value: string];

async function ask(): Promise<(fields: readonly Field[], id?: string, peer?: string) => Promise<Outcome>> {
  const { compilation } = await compileFiles([{ file: "gateway.gwl", text: TEXT }]);
  const hands = bothHands(compilation.program, { stage: undefined, variables: {} });
  const [reference, compiled] = [gatewayOf(hands.reference), gatewayOf(hands.compiled)];
  return async (fields, id = "f".repeat(32), peer = "198.51.100.1") => {
    const outcomes = [reference, compiled].map(async (gateway) => {
      const ids = [id, "00112233445566778899aabbccddeeff"];
      const world = { ...testWorld(), requestId: () => ids.shift() ?? "" };
      const rawHeaders = ["Host", "a.example", ...fields.flat()];
      const readBody = (): Promise<never> => Promise.reject(new Error("nobody reads it"));
      return gateway.handle({ method: "GET", target: "/orders", httpVersion: "1.1", rawHeaders, peer, secure: false, readBody }, world);
    });
    const [expected, actual] = await Promise.all(outcomes);
    if (expected === undefined || actual === undefined) throw new Error("a hand is missing");
    expect(comparable(actual)).toBe(comparable(expected));
    return actual;
  };
}

function told({ answer }: { readonly answer: Answer }, wanted: string): string | undefined {
  return answer.kind === "forward" ? answer.headers.find(([name]) => name === wanted)?.[1] : undefined;
}

describe("what clients say of ids and traces", () => {
  test("is heard alike by both hands, whatever they say", async () => {
    const handle = await ask();
    for (const parent of PARENTS)
      for (const state of STATES)
        await handle([
          ["traceparent", parent],
          ["tracestate", state],
        ]);
    for (const id of IDS)
      for (const more of ["", ...IDS]) await handle([["X-Request-Id", id], ...(more === "" ? [] : [["x-request-id", more] as const])]);
    for (const left of STATES)
      for (const right of STATES)
        await handle([
          ["traceparent", PARENTS[0]],
          ["tracestate", left],
          ["tracestate", right],
        ]);
  });

  test.each<[string, string, string | undefined]>([
    ["version 00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c"],
    ["a later version, with more", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", "0af7651916cd43dd8448eb211c80319c"],
    ["version 00 with more", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", undefined],
    ["version ff", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", undefined],
    ["upper-case digits", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", undefined],
    ["a trace of zeros", "00-00000000000000000000000000000000-b7ad6b7169203331-01", undefined],
    ["a parent of zeros", "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", undefined],
  ])("traceparent: %s", async (_what, parent, trace) => {
    const outcome = await (await ask())([["traceparent", parent]]);
    const id = trace ?? "f".repeat(32);
    expect(outcome.trace).toMatchObject({ traceId: id, spanId: "0011223344556677" });
    expect(outcome.trace?.parentId).toBe(trace === undefined ? undefined : "b7ad6b7169203331");
    expect(told(outcome, "traceparent")).toBe(`00-${id}-8899aabbccddeeff-01`);
  });

  test("of traces, by peers that are not trusted, reaches no backend", async () => {
    const fields: readonly Field[] = [
      ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
      ["tracestate", "congo=1"],
    ];
    const outcome = await (await ask())(fields, "f".repeat(32), "203.0.113.9");
    expect(told(outcome, "traceparent")).toBe(`00-${"f".repeat(32)}-8899aabbccddeeff-01`);
    expect(told(outcome, "tracestate")).toBeUndefined();
  });

  test("half of the new traces are sampled at 50 %, by the last 13 digits of their ids", async () => {
    const handle = await ask();
    const sampled = async (last: string): Promise<boolean | undefined> => (await handle([], last.padStart(32, "a"))).trace?.isSampled;
    expect([await sampled("7ffffffffffff"), await sampled("8000000000000")]).toEqual([false, true]);
  });
});
