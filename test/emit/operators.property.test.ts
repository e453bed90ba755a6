/** Every operator, in each form that emission tells apart, holds for the same requests as in the reference. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Expr } from "../../compiler/model/expression.ts";
import type { Identity, Program } from "../../compiler/model/program.ts";
import type { Type } from "../../compiler/model/types.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import type { Gateway, Start, Started } from "../../runtime/contract/gateway.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import { program, route, statements } from "../lower/program-builder.ts";
import { startProgram } from "./compiled.ts";
import { everyOperator } from "./every-operator.ts";
import { bool, ip, setOf, string } from "./ir-builder.ts";

const uuid: Type = { kind: "uuid" };
const body: Type = {
  kind: "record",
  fields: [
    { name: "ip", type: ip },
    { name: "tags", type: setOf(string) },
  ],
};
/** An IR says `LIMIT` and zones as values; a checked program says the same. */
const conditions: readonly Expr[] = everyOperator;

function everything(): Program {
  const site = statements();
  const access = conditions.map((when, at) => site.allow(when, `operator ${at}`));
  const built = program({
    statements: site,
    networks: { inside: ["10.0.0.0/8", "2001:db8::/32"] },
    stages: ["dev", "prod"],
    children: [{ ...route("POST /p", { access, accept: [["Customer"]] }, { body }), at: path }],
  });
  return {
    ...built,
    environment: [{ name: "LIMIT", type: bool, span: site.sites[0]?.span ?? { file: "", start: 0, end: 0 } }],
    secrets: [{ name: "KEY", kind: "string", span: { file: "", start: 0, end: 0 } }],
    identities: built.identities.map(withClaims),
  };
}
const path = [
  { kind: "param", name: "plain", type: string },
  { kind: "param", name: "ip", type: ip },
] as const;
const claims = Object.entries({ c: string, flag: bool, u: uuid }).map(([name, type]) => ({
  name,
  claim: name,
  type: { kind: "optional", type } as const,
  span: { file: "", start: 0, end: 0 },
}));
const withClaims = (identity: Identity): Identity => ({ ...identity, claims });

const said = fc.constantFrom("z", "a", "b", 'a/b"', "m", "Z", "zzz", "an", "ba");
const addresses = fc.constantFrom("10.1.2.3", "11.0.0.0", "2001:db8::1", "192.0.2.1");
const tags = fc.uniqueArray(fc.constantFrom("p", "q", "r"));
const anyTest = fc.record({
  target: fc
    .tuple(said, addresses, fc.option(said))
    .map(([plain, address, query]) => `/${encodeURIComponent(plain)}/${address}${query === null ? "" : `?q=${encodeURIComponent(query)}`}`),
  from: addresses,
  headers: fc
    .record({ x: said, p: said, host: fc.constantFrom("z", "h") }, { requiredKeys: [] })
    .map((fields) => Object.entries(fields).map(([name, text]) => [name, text] as const)),
  claims: fc.record(
    {
      c: said,
      flag: fc.boolean(),
      u: fc.constantFrom(
        "abcdef00-0000-4000-8000-000000000000",
        "ABCDEF00-0000-4000-8000-000000000000",
        "00000000-0000-4000-8000-000000000000",
      ),
    },
    { requiredKeys: [] },
  ),
  body: fc.record({ ip: fc.constantFrom("10.1.2.3", "::ffff:10.1.2.3", "2001:DB8:0::1"), tags }),
  at: fc.constantFrom(
    0,
    Date.UTC(2026, 0, 5, 11),
    Date.UTC(2026, 0, 5, 22),
    Date.UTC(2026, 6, 5, 3, 59, 59, 999),
    Date.UTC(2026, 9, 25, 1, 30),
  ),
  stage: fc.constantFrom("dev", "prod"),
  limit: fc.boolean(),
});

test("the same operators hold", async () => {
  const root = everything();
  const [compiled, reference] = [onceEach(startProgram(root)), onceEach(startReference(root))];
  const held = new Set<string>();
  const failed = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyTest, async ({ limit, claims: given, ...test }) => {
      const configuration = testConfiguration(root, test.stage, { LIMIT: String(limit) });
      const { request, world } = stageRequest(
        { ...test, method: "POST", as: [{ identity: "Customer", claims: given }] },
        root,
        configuration,
      );
      const [got, wanted] = [await compiled(configuration).handle(request, world), await reference(configuration).handle(request, world)];
      expect(got).toEqual(wanted);
      if (got.decision.effect === "allow")
        for (const [at] of conditions.entries()) (got.decision.rules.includes(String(at)) ? held : failed).add(String(at));
    }),
    { numRuns: 1500 },
  );
  const neverHeld = conditions.flatMap((condition, at) => (held.has(String(at)) ? [] : [`${at} ${condition.op}`]));
  const alwaysHeld = conditions.flatMap((condition, at) => (failed.has(String(at)) ? [] : [`${at} ${condition.op}`]));
  // Constants, and what a route that accepts one identity knows of its caller.
  expect(neverHeld).toEqual(["32 compare"]);
  expect(alwaysHeld).toEqual(["0 const", "15 isKnown", "16 isIdentity", "4 compare", "17 compare", "18 not", "27 and"].sort(byNumber));
});

/** Gateways are kept by their configuration. */
function onceEach(start: Start): (configuration: Configuration) => Gateway {
  const known = new Map<string, Gateway>();
  return (configuration) => {
    const key = JSON.stringify(configuration);
    const gateway = known.get(key) ?? startedOf(start(configuration));
    known.set(key, gateway);
    return gateway;
  };
}

function startedOf(started: Started): Gateway {
  if ("problems" in started) throw new Error(started.problems.join());
  return started.gateway;
}

function byNumber(left: string, right: string): number {
  return Number.parseInt(left, 10) - Number.parseInt(right, 10);
}
