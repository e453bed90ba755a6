/** Plans in both hands: callers with and without one, callers who prove two identities, limits that hold on some routes only. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Program } from "../../compiler/model/program.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { PATIENCE, runs, runSize, SEED } from "./run-size.ts";

const CALLS = 40;
const PAIRS = runSize("PAIRS", 4_000);

const WHERES = [
  "route.api == orders",
  "method == POST",
  'tag.data == "pii"',
  'tag.data != "pii" and route.version != 2',
  "has tag.data",
  'route.path == "/orders/{id}"',
] as const;
const limit = fc
  .constantFrom("throttle 2/s burst 2", "throttle 1/m burst 1", "quota 3/day", "quota 5/week", "concurrency 1", "concurrency 2")
  .chain((form) => fc.option(fc.constantFrom(...WHERES), { nil: undefined }).map((where) => ({ form, where })));
/** A limit that is said twice is refused. */
const plan = fc.uniqueArray(limit, { maxLength: 6, selector: ({ form, where }) => `${form.split(" ")[0]} ${where}` });

const CALLERS: readonly (readonly { readonly identity: string; readonly claims: Readonly<Record<string, string>> }[])[] = [
  [{ identity: "Partner", claims: { id: "p1", plan: "bronze" } }],
  [{ identity: "Partner", claims: { id: "p2", plan: "bronze" } }],
  [{ identity: "Partner", claims: { id: "p3", plan: "gold" } }],
  [{ identity: "Customer", claims: { id: "p1", tier: "bronze" } }],
  [{ identity: "Customer", claims: { id: "c2" } }],
  [
    { identity: "Partner", claims: { id: "p1", plan: "gold" } },
    { identity: "Customer", claims: { id: "p1", tier: "bronze" } },
  ],
  [],
];
const TARGETS = ["GET /orders", "POST /orders", "GET /orders/7", "DELETE /orders/7", "GET /both", "GET /open", "POST /admin/a"] as const;
const step = fc.tuple(
  fc.constantFrom(...TARGETS),
  fc.constantFrom(...CALLERS),
  fc.constantFrom(0, 0, 0, 0, 0, 1, 300, 1000, 60_000, 86_400_000),
  fc.nat({ max: 4 }),
);

function source(plans: readonly (readonly { readonly form: string; readonly where: string | undefined }[])[]): string {
  const lines = plans.map((limits, at) => {
    const said = limits.map(({ form, where }) => `  ${form}${where === undefined ? "" : ` to routes where ${where}`}\n`);
    return `plan ${["bronze", "gold", "idle"][at]} {\n${said.join("")}}\n`;
  });
  return `gwl 1
secret PARTNERS: KeyStore
secret CUSTOMERS: KeyStore
identity Partner = api_key(PARTNERS) { header: "X-Partner", fields { plan: Plan } }
identity Customer = api_key(CUSTOMERS) { header: "X-Customer", fields { tier: Plan? } }
tag data: "public" | "pii"
${lines.join("")}
gateway shop { accept Partner or Customer }
api orders at "/orders" version 2 {
  allow
  throttle 1000/s burst 30
  GET "/" { tags { data: "public" }, respond 200 }
  POST "/" { respond 200, quota 20/day by principal.id }
  ANY "/{id}" { tags { data: "pii" }, respond 200 }
}
GET "/both" { accept Partner and Customer, allow, respond 200 }
GET "/open" { public because "an example", respond 200 }
POST "/admin/{what: Rest}" { allow, respond 200 }
${CALLERS.map(callerTest).join("")}`;
}

/** Callers of tests have keys in the store that the test's configuration brings. */
function callerTest(as: (typeof CALLERS)[number], at: number): string {
  const written = as.map(({ identity, claims }) => {
    const fields = Object.entries(claims).map(([name, value]) => `${name}: "${value}"`);
    return ` as ${identity} { ${fields.join(", ")} }`;
  });
  return `test "caller ${at}" { GET "/nowhere"${written.join("")} expect 404 }\n`;
}

const seen = new Set<string>();

test(`${PAIRS} calls under plans (seed ${SEED})`, PATIENCE, async () => {
  const sequences = fc.asyncProperty(
    fc.tuple(plan, plan, plan),
    fc.array(step, { minLength: CALLS, maxLength: CALLS }),
    async (plans, steps) => {
      const text = source(plans);
      const compiled = await compileFiles([{ file: "gateway.gwl", text }]);
      expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      await agree(compiled.compilation.program, steps, text);
    },
  );
  await fc.assert(sequences, runs(Math.ceil(PAIRS / CALLS)));
});

test("each kind of limit has refused somebody", () => {
  expect([...seen].filter((cause) => cause !== "unauthenticated").sort()).toEqual([
    "quota-exceeded",
    "rule",
    "throttled",
    "too-many-at-once",
  ]);
});

async function agree(
  program: Program,
  steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[],
  text: string,
): Promise<void> {
  const configuration = testConfiguration(program, undefined);
  const hands = bothHands(program, configuration);
  let at = Date.UTC(2026, 5, 15, 12);
  const ends: (() => void)[] = [];
  for (const [line, as, after, ending] of steps) {
    at += after;
    ends.at(-1 - ending)?.();
    const [method = "", target = ""] = line.split(" ");
    const waiting: (() => void)[] = [];
    const outcomes = [];
    for (const hand of [hands.reference, hands.compiled]) {
      const { request, world } = stageRequest({ method, target, from: "192.0.2.1", as, headers: [], at }, program, configuration);
      outcomes.push(await gatewayOf(hand).handle({ ...request, whenOver: (tell) => void waiting.push(tell) }, world));
    }
    ends.push(() => waiting.splice(0).forEach((tell) => tell()));
    const [expected, actual] = outcomes.map(comparable);
    if (outcomes[0] !== undefined) seen.add(outcomes[0].decision.cause);
    expect(actual, text).toBe(expected);
  }
}
