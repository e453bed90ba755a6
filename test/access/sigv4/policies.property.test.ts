import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessAnswer } from "../../../compiler/reference/iam/outcome.ts";
import { together, verdictOf } from "../../../compiler/reference/iam/verdict.ts";
import type { Program } from "../../../compiler/model/program.ts";
import { testConfiguration } from "../../../compiler/testing/configuration.ts";
import { stageRequest } from "../../../compiler/testing/test-request.ts";
import type { PolicyDocument, PolicyRequest, Verdict } from "../../../runtime/contract/iam.ts";
import { bothHands, comparable, gatewayOf } from "../../harness/both-hands.ts";
import { compileFiles, errorsOf } from "../../harness/compile-files.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

const API = "arn:aws:execute-api:eu-west-1:111122223333:abc123";
const GATEWAY = `gwl 1

identity Caller = sigv4 { principals: from "principals.json", regions: ["eu-west-1"] }

gateway shop {
  arn { region: "eu-west-1", account: "111122223333", api_id: "abc123" }
  accept Caller
}

ANY "/orders/{id}" { allow when principal is known, respond 200 }
ANY "/stock" { allow when principal is known, respond 200 }
`;

const NAMES = ["A", "B", "C"] as const;
const attached = fc.subarray([...NAMES]);
const boundary = fc.option(fc.constantFrom(...NAMES), { nil: undefined, freq: 1 });

const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Deny"),
  Action: fc.constantFrom("execute-api:Invoke", "execute-api:*", "*", "execute-api:ManageConnections"),
  Resource: fc.constantFrom(
    "*",
    `${API}/*`,
    `${API}/*/GET/*`,
    `${API}/*/*/orders/*`,
    "arn:aws:execute-api:*:*:*/*/POST/stock",
    "arn:aws:execute-api:us-east-1:*:*",
  ),
  Condition: fc.constantFrom(
    undefined,
    undefined,
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { StringEquals: { "aws:PrincipalTag/team": "orders" } },
    { StringNotEquals: { "aws:username": "user0" } },
  ),
});
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements) => ({ Version: "2012-10-17", Statement: statements.map((one) => JSON.parse(JSON.stringify(one)) as object) }));

/** A user, or the session of a role, with what it has. */
const holder = fc.record({
  isUser: fc.boolean(),
  team: fc.constantFrom("orders", "billing", undefined),
  policies: attached,
  ofGroup: attached,
  boundary,
  session: fc.option(attached, { nil: undefined, freq: 1 }),
});
type Holder = typeof holder extends fc.Arbitrary<infer Value> ? Value : never;

function principalsFile(documents: readonly object[], holders: readonly Holder[]): string {
  const [users, roles, groups]: Record<string, object>[] = [{}, {}, {}];
  for (const [at, { isUser, team, policies, ofGroup, boundary: limit, session }] of holders.entries()) {
    const common = { ...(team === undefined ? {} : { tags: { team } }), policies, ...(limit === undefined ? {} : { boundary: limit }) };
    const id = `AKIAEXAMPLEOFCALLER${at}`;
    if (isUser) {
      Object.assign(groups ?? {}, { [`group${at}`]: { policies: ofGroup } });
      Object.assign(users ?? {}, { [`user${at}`]: { ...common, groups: [`group${at}`], keys: [{ id, secret: "KEY" }] } });
    } else {
      const own = { ...(session === undefined ? {} : { policies: session }), keys: [{ id, secret: "KEY", token: "TOKEN" }] };
      Object.assign(roles ?? {}, { [`role${at}`]: { ...common, sessions: { run: own } } });
    }
  }
  const policies = Object.fromEntries(NAMES.map((name, at) => [name, documents[at]]));
  return JSON.stringify({ version: 1, accounts: { "111122223333": { policies, groups, users, roles } } });
}

type Asked = { readonly method: string; readonly path: string; readonly from: string };
const CALLS: readonly Asked[] = [
  { method: "GET", path: "/orders/1", from: "203.0.113.7" },
  { method: "DELETE", path: "/orders/1", from: "192.0.2.1" },
  { method: "POST", path: "/stock", from: "192.0.2.1" },
];

/** By the tables of AWS, from the documents alone. */
function expected(
  { isUser, team, policies, ofGroup, boundary: limit, session }: Holder,
  at: number,
  { method, path, from }: Asked,
  documents: readonly PolicyDocument[],
): boolean {
  const arn = isUser ? `arn:aws:iam::111122223333:user/user${at}` : `arn:aws:sts::111122223333:assumed-role/role${at}/run`;
  const keys: Readonly<Record<string, string | undefined>> = {
    "aws:sourceip": from,
    "aws:principaltag/team": team,
    "aws:username": isUser ? `user${at}` : undefined,
  };
  const request: PolicyRequest = {
    caller: { kind: "aws", account: "111122223333", arn },
    action: "execute-api:Invoke",
    resource: `${API}/$default/${method}${path}`,
    keys: (name) => (keys[name] === undefined ? undefined : [keys[name]]),
  };
  const verdict = (names: readonly string[]): Verdict => {
    const asked = names.flatMap((name) => documents[NAMES.findIndex((known) => known === name)] ?? []);
    const effect = together(asked.map((one) => verdictOf(one, request, API)));
    return effect === "silent"
      ? { effect }
      : effect === "allow"
        ? { effect, statements: [], grant: "limited" }
        : { effect, statements: [] };
  };
  return accessAnswer({
    authentication: "iam",
    isPrivate: false,
    sameAccount: true,
    identity: verdict(isUser ? [...policies, ...ofGroup] : policies),
    ...(limit === undefined ? {} : { boundary: verdict([limit]) }),
    ...(isUser || session === undefined ? {} : { session: verdict(session) }),
  }).allowed;
}

/** Whether a call is let in; both hands must say the same. */
function asker(program: Program): (holder: Holder, at: number, call: Asked) => Promise<boolean> {
  const configuration = testConfiguration(program, undefined);
  const { reference, compiled } = bothHands(program, configuration);
  return async ({ isUser }, at, { method, path, from }) => {
    const as = [{ identity: "Caller", claims: { name: isUser ? `user${at}` : `role${at}` } }];
    const { request, world } = stageRequest({ method, target: path, from, as, headers: [] }, program, configuration);
    const [meant, done] = [await gatewayOf(reference).handle(request, world), await gatewayOf(compiled).handle(request, world)];
    expect(comparable(done)).toBe(comparable(meant));
    return done.decision.effect === "allow";
  };
}

describe("random policies of random callers", () => {
  test("let in whom the tables of AWS let in, in both hands", PATIENCE, async () => {
    const seen = { allowed: 0, denied: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 3, maxLength: 3 }),
        fc.array(holder, { minLength: 2, maxLength: 3 }),
        async (documents, holders) => {
          const files = [
            { file: "gateway.gwl", text: GATEWAY },
            { file: "principals.json", text: principalsFile(documents, holders) },
          ];
          const compiled = await compileFiles(files);
          expect(errorsOf(compiled).map(({ message }) => message)).toEqual([]);
          const { program } = compiled.compilation;
          const read = program.documents.map((file) => file.document);
          const ask = asker(program);
          for (const [at, one] of holders.entries()) {
            for (const call of CALLS) {
              const isAllowed = expected(one, at, call, read);
              seen[isAllowed ? "allowed" : "denied"]++;
              expect(await ask(one, at, call)).toBe(isAllowed);
            }
          }
        },
      ),
      runs(Math.ceil(runSize("PAIRS", 20_000) / 400)),
    );
    // What never comes is not shown to agree.
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan((seen.allowed + seen.denied) / 20);
  });
});
