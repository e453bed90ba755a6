/** `resource_policy mode aws { ... }`: random rules, callers and calls. The hands agree, and both say what the tables of AWS say of the two sides. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { testConfiguration } from "../../../compiler/testing/configuration.ts";
import { stageRequest } from "../../../compiler/testing/test-request.ts";
import { bothHands, comparable, gatewayOf } from "../../harness/both-hands.ts";
import { compileFiles } from "../../harness/compile-files.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

const RUNS = Math.ceil(runSize("PROGRAMS", 120) / 4);

/** Conditions, and whether they hold of a call. */
type Call = { readonly method: string; readonly from: string; readonly caller: keyof typeof CALLERS };
const CONDITIONS: Readonly<Record<string, (call: Call) => boolean>> = {
  "method == GET": ({ method }) => method === "GET",
  "client.ip in 203.0.113.0/24": ({ from }) => from === "203.0.113.7",
  'principal is Signer and principal.name == "ana"': ({ caller }) => caller === "ana",
  "principal is Signer and principal.account == 444455556666": ({ caller }) => caller === "cid" || caller === "dan",
  'path == "/elsewhere"': () => false,
};
/** Of the API's account or of another, and whether its own policies allow GET. */
const CALLERS = {
  ana: { isOwn: true, allows: true },
  ben: { isOwn: true, allows: false },
  cid: { isOwn: false, allows: true },
  dan: { isOwn: false, allows: false },
} as const;

const PRINCIPALS = `version: 1
accounts:
  "111122223333":
    policies:
      Get: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:Invoke", Resource: "arn:aws:execute-api:*:*:abc123/*/GET/*" }] }
    users:
      ana: { policies: [Get], keys: [{ id: AKIAEXAMPLE000000001, secret: KEY }] }
      ben: { keys: [{ id: AKIAEXAMPLE000000002, secret: KEY }] }
  "444455556666":
    policies:
      Get: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:Invoke", Resource: "arn:aws:execute-api:*:*:abc123/*/GET/*" }] }
    users:
      cid: { policies: [Get], keys: [{ id: AKIAEXAMPLE000000003, secret: KEY }] }
      dan: { keys: [{ id: AKIAEXAMPLE000000004, secret: KEY }] }
`;
const CALLS: readonly Call[] = (Object.keys(CALLERS) as Call["caller"][]).flatMap((caller) =>
  ["GET", "POST"].flatMap((method) => ["203.0.113.7", "198.51.100.7"].map((from) => ({ method, from, caller }))),
);

type Rule = { readonly effect: "allow" | "deny" | "require"; readonly condition: string; readonly isUsed: boolean };
const rule: fc.Arbitrary<Rule> = fc.record({
  effect: fc.constantFrom("allow", "allow", "deny", "require"),
  condition: fc.constantFrom(...Object.keys(CONDITIONS)),
  isUsed: fc.boolean(),
});

const written = ({ effect, condition }: Rule): string => (effect === "require" ? `require ${condition}` : `${effect} when ${condition}`);

/** Rules that are used stand in a policy of their own. */
function programText(rules: readonly Rule[]): string {
  const policies = rules.flatMap((one, at) => (one.isUsed ? [`policy p${at} { ${written(one)} }\n`] : []));
  const stated = rules.map((one, at) => (one.isUsed ? `    use p${at}\n` : `    ${written(one)}\n`));
  const requests = CALLS.map(
    ({ method, from, caller }) => `  ${method} "/pets" from ${from} as Signer { name: "${caller}" } expect allow\n`,
  );
  return `gwl 1
secret KEY: String
identity Signer = sigv4 { regions: ["eu-west-1"], principals: from "principals.yaml" }
${policies.join("")}
gateway shop {
  arn { region: "eu-west-1", account: 111122223333, api_id: "abc123" }
  accept Signer
  resource_policy mode aws {
${stated.join("")}  }
}
ANY "/pets" { respond 200 }
test "requests" {
${requests.join("")}}
`;
}

/** One account: either side; across accounts: both. What is denied, or required in vain, is refused. */
function letsIn(rules: readonly Rule[], call: Call): boolean {
  const holds = ({ condition }: Rule): boolean => CONDITIONS[condition]?.(call) === true;
  if (rules.some((one) => (one.effect === "deny" && holds(one)) || (one.effect === "require" && !holds(one)))) return false;
  const resource = rules.some((one) => one.effect === "allow" && holds(one));
  const { isOwn, allows } = CALLERS[call.caller];
  const own = allows && call.method === "GET";
  return isOwn ? resource || own : resource && own;
}

test("random rules in the place of a resource policy: the tables of AWS, in both hands", PATIENCE, async () => {
  const seen = { in: 0, out: 0 };
  const property = fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 4 }), async (rules) => {
    const { compilation, diagnostics } = await compileFiles([
      { file: "gateway.gwl", text: programText(rules) },
      { file: "principals.yaml", text: PRINCIPALS },
    ]);
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
    const { program } = compilation;
    const configuration = testConfiguration(program, undefined);
    const hands = bothHands(program, configuration);
    for (const [at, { request: wanted }] of program.tests.entries()) {
      const ask = async (hand: keyof typeof hands) => {
        const { request, world } = stageRequest(wanted, program, configuration);
        return gatewayOf(hands[hand]).handle(request, world);
      };
      const [dull, fast] = [await ask("reference"), await ask("compiled")];
      expect(comparable(fast)).toBe(comparable(dull));
      const call = CALLS[at];
      if (call === undefined) throw new Error("a call too many");
      const isIn = dull.decision.effect === "allow";
      expect(isIn, JSON.stringify(call)).toBe(letsIn(rules, call));
      seen[isIn ? "in" : "out"]++;
    }
  });
  await fc.assert(property, runs(RUNS));
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 4);
});
