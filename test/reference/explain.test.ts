/** The trace of a request: the same outcome, and every rule with its answer. */
import { expect, test } from "vitest";
import { explainRequest, type Trace } from "../../compiler/reference/index.ts";
import type { Program } from "../../compiler/model/program.ts";
import { testWorld } from "../harness/world.ts";
import { ask, requestOf, type Asked } from "./ask.ts";
import { allow, constant, deny, gateway, header, isKnown, jwt, policy, program, require, route, same, use } from "./program-builder.ts";

const NOTHING = { stage: undefined, variables: {} };
const ROOT = program(
  gateway([route("GET /", { access: [allow(1), deny(2, isKnown)] })], {
    access: [use(3, "p"), require(4, same(header("x"), constant("1")))],
    accept: [["A"]],
  }),
  { identities: [jwt("A")], policies: [policy("p", [deny(5, same(header("x"), constant("2")), "two")])] },
);

async function traceOf(asked: Asked, root: Program = ROOT): Promise<Trace> {
  const explained = await explainRequest(root, NOTHING, requestOf("GET /", asked), testWorld());
  if ("problems" in explained) throw new Error(explained.problems.join());
  expect(explained.outcome).toEqual(await ask(root, "GET /", asked));
  return explained.trace;
}

test("a denied request: phases up to the one that decided, its rules with their answers, the others not asked", async () => {
  const trace = await traceOf({ headers: [["X", "2"]] });
  expect(trace.phases.map(({ name }) => name)).toEqual([
    "canonical request",
    "client address",
    "route",
    "single fields",
    "rules before authentication",
  ]);
  expect(trace.phases.at(-1)).toEqual({
    name: "rules before authentication",
    happened: "refused: rule",
    rules: [
      { key: "3/5", sites: [3, 5], effect: "deny", because: "two", condition: "true", decided: true },
      { key: "4", sites: [4], effect: "require", condition: "false", decided: true },
    ],
  });
  expect(trace.notAsked.map(({ key, condition, decided }) => [key, condition, decided])).toEqual([
    ["2", "not asked", false],
    ["1", "not asked", false],
  ]);
});

test("a refused authentication says why, though the client is not told", async () => {
  const trace = await traceOf({
    headers: [
      ["X", "1"],
      ["Authorization", "Bearer x"],
    ],
  });
  expect(trace.phases.at(-1)).toMatchObject({ name: "authentication", happened: "refused: A: invalid" });
});

test("an allowed request names each phase once, to its answer", async () => {
  const { phases, notAsked } = await traceOf({}, program(gateway([route("GET /", { access: [allow(1)] })])));
  expect(phases.map(({ name, happened }) => `${name}: ${happened}`)).toEqual([
    "canonical request: GET /",
    "client address: 192.0.2.1",
    "route: GET /",
    "single fields: nothing that is read as one value came twice",
    "rules before authentication: nothing denies",
    "authentication: nobody is asked: nothing is accepted here",
    "rules about the caller: allowed",
    "body: not read here",
    "rules about the body: allowed",
    "answer: to b: GET /",
  ]);
  expect([phases.flatMap(({ rules }) => rules.map(({ key }) => key)), notAsked]).toEqual([["1"], []]);
});

test("a program that does not start explains that", async () => {
  const explained = await explainRequest(program(gateway([]), { stages: ["dev"] }), NOTHING, requestOf("GET /", {}), testWorld());
  expect(explained).toHaveProperty("problems");
});
