/**
 * IAM documents and requests, by type: every operator with values of its kind, every form of principal and resource, wildcards
 * at every place, variables with and without values. Few distinct texts, so that statements often apply and often just fail to.
 */
import fc from "fast-check";
import {
  CONDITION_OPERATORS,
  type ConditionOperator,
  type Listed,
  type NamedPrincipal,
  type PolicyCaller,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyRequest,
  type PolicyStatement,
} from "../../runtime/contract/iam.ts";

export const API = "arn:aws:execute-api:eu-west-1:111122223333:abc123";

const ACCOUNTS = ["111122223333", "444455556666"] as const;
const USER = "arn:aws:iam::111122223333:user/ana";
const ROLE = "arn:aws:iam::444455556666:role/team/Reader";
const SESSION = "arn:aws:sts::444455556666:assumed-role/Reader/ben";
const PATHS = [
  "prod/GET/pets",
  "prod/GET/pets/7",
  "prod/POST/pets",
  "test/GET/pets",
  "prod/GET/pets/ana",
  "prod/DELETE/a:b/*",
  "prod/GET/",
] as const;

const VALUES = {
  text: ["red", "Red", "blue", "", "a*c", "abc", "${x}", "red/blue"],
  number: ["1", "01", "1.0", "-2.5", "10", "1e3", "", "x", ".5", "5."],
  date: [
    "2026-01-01T00:00:00Z",
    "2026-01-01",
    "2026-01",
    "1767225600",
    "2025-12-31T23:30:00-00:30",
    "2026-02-29",
    "2024-02-29",
    "2026",
    "2026-01-01T00:00:00.5Z",
    "2026-01-01T24:00:00Z",
    "soon",
  ],
  bool: ["true", "false", "True"],
  binary: ["AAEC", "AAED", ""],
  address: ["192.0.2.1", "192.0.2.200", "198.51.100.7", "2001:db8::1", "::ffff:192.0.2.1", "2001:db9::", "nobody"],
  arn: [USER, ROLE, SESSION, "arn:aws:iam::111122223333:user/ben", "arn:aws:sns:eu-west-1:111122223333:a:b", "no arn"],
} as const;
type Kind = keyof typeof VALUES;

const KEYS: Readonly<Record<Kind, readonly string[]>> = {
  text: ["aws:useragent", "aws:principaltag/team", "aws:tagkeys"],
  number: ["aws:multifactorauthage"],
  date: ["aws:currenttime"],
  bool: ["aws:securetransport"],
  binary: ["example:blob"],
  address: ["aws:sourceip", "aws:vpcsourceip"],
  arn: ["aws:principalarn"],
};

const KIND_OF: Readonly<Record<string, Kind>> = {
  Numeric: "number",
  Date: "date",
  Bool: "bool",
  Binary: "binary",
  Arn: "arn",
  Null: "text",
};

function kindOf(operator: ConditionOperator): Kind {
  if (operator.includes("IpAddress")) return "address";
  return Object.entries(KIND_OF).find(([start]) => operator.startsWith(start))?.[1] ?? "text";
}

const variable = fc.constantFrom(
  "${aws:PrincipalTag/team}",
  "${aws:UserAgent}",
  "${aws:principalTag/TEAM, 'red'}",
  "${aws:TagKeys}",
  "${example:absent}",
  "${*}",
  "${?}",
  "${$}",
  "${",
  "${odd, spare}",
);
/** A text with wildcards and variables somewhere in it. */
function patternOf(texts: readonly string[]): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.constantFrom(...texts), fc.nat(60), fc.nat(60), fc.oneof(fc.constantFrom("*", "?", "", "**", "*?"), variable));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...texts) },
    {
      weight: 3,
      arbitrary: cut.map(
        ([text, start, length, put]) =>
          text.slice(0, start % (text.length + 1)) + put + text.slice((start % (text.length + 1)) + (length % 9)),
      ),
    },
    { weight: 1, arbitrary: fc.oneof(fc.constant("*"), variable) },
  );
}

const block = fc.constantFrom(
  "192.0.2.0/24",
  "192.0.2.9/25",
  "192.0.2.1",
  "0.0.0.0/0",
  "198.51.100.0/31",
  "2001:db8::/32",
  "::/0",
  "::ffff:192.0.2.0/120",
  "::ffff:0:0/80",
  "2001:db8::1",
  "192.0.2.0/33",
);

function valueFor(operator: ConditionOperator): fc.Arbitrary<string> {
  if (operator === "Null") return fc.constantFrom("true", "false");
  const kind = kindOf(operator);
  if (kind === "address") return block;
  if (kind === "text" || kind === "arn") return patternOf(VALUES[kind]);
  return fc.constantFrom(...VALUES[kind]);
}

const condition: fc.Arbitrary<PolicyCondition> = fc.constantFrom(...CONDITION_OPERATORS).chain((operator) =>
  fc
    .record({
      ifExists: fc.boolean(),
      quantifier: fc.constantFrom(undefined, undefined, "all" as const, "any" as const),
      key: fc.constantFrom(...KEYS[kindOf(operator)]),
      values: fc.array(valueFor(operator), { minLength: 1, maxLength: 3 }),
    })
    .map(({ ifExists, quantifier, key, values }) => ({
      operator,
      key,
      values,
      ifExists: operator !== "Null" && ifExists,
      ...(quantifier === undefined || operator === "Null" ? {} : { quantifier }),
    })),
);

const namedPrincipal: fc.Arbitrary<NamedPrincipal> = fc.oneof(
  fc.constant({ kind: "anyone" } as const),
  fc.constantFrom(...ACCOUNTS).map((account) => ({ kind: "account", account }) as const),
  fc.constantFrom(USER, ROLE, SESSION).map((arn) => ({ kind: "arn", arn }) as const),
  fc.constant({ kind: "service", service: "events.amazonaws.com" } as const),
  fc.constant({ kind: "federated", provider: "cognito-identity.amazonaws.com" } as const),
  fc.constant({ kind: "canonicalUser", id: "79a5" } as const),
);

function listed<Item>(item: fc.Arbitrary<Item>, mayNegate: boolean): fc.Arbitrary<Listed<Item>> {
  const not = mayNegate ? fc.boolean() : fc.constant(false);
  return fc.record({ not, items: fc.array(item, { minLength: 1, maxLength: 3 }) });
}

const action = fc.constantFrom("execute-api:Invoke", "execute-api:*", "*", "EXECUTE-API:inv?ke", "execute-api:ManageConnections", "s3:*");
const resource = fc.oneof(
  patternOf(PATHS).map((path) => `execute-api:/${path}`),
  patternOf(PATHS).map((path) => `${API}/${path}`),
  patternOf(PATHS).map((path) => `arn:aws:execute-api:*:1111????3333:*${path}`),
  fc.constantFrom("*", "arn:aws:execute-api:us-east-1:111122223333:abc123/*", "arn:*:*:*:*:*", "execute-api:/*"),
);

const statement: fc.Arbitrary<PolicyStatement> = fc.constantFrom("allow" as const, "deny" as const).chain((effect) =>
  fc
    .record({
      principals: fc.option(listed(namedPrincipal, effect === "deny"), { nil: undefined, freq: 3 }),
      actions: fc.oneof({ weight: 4, arbitrary: fc.constant({ not: false, items: ["execute-api:Invoke"] }) }, listed(action, true)),
      resources: fc.oneof({ weight: 2, arbitrary: fc.constant({ not: false, items: ["execute-api:/*"] }) }, listed(resource, true)),
      conditions: fc.array(condition, { maxLength: 3 }),
    })
    .map(({ principals, ...rest }) => ({ effect, ...(principals === undefined ? {} : { principals }), ...rest })),
);

export const policyDocument: fc.Arbitrary<PolicyDocument> = fc.record({
  version: fc.constantFrom("2012-10-17" as const, "2012-10-17" as const, "2008-10-17" as const),
  statements: fc.array(statement, { minLength: 1, maxLength: 6 }),
});

const caller: fc.Arbitrary<PolicyCaller> = fc.constantFrom<PolicyCaller[]>(
  { kind: "anonymous" },
  { kind: "aws", account: "111122223333", arn: USER },
  { kind: "aws", account: "444455556666", arn: SESSION, role: ROLE },
  { kind: "service", service: "events.amazonaws.com" },
  { kind: "federated", provider: "cognito-identity.amazonaws.com" },
);

/** `keys` as they can be shown in a counterexample. */
export type PolicyCall = Omit<PolicyRequest, "keys"> & { readonly keys: Readonly<Record<string, readonly string[]>> };

const keyValues = Object.fromEntries(
  Object.entries(KEYS).flatMap(([kind, names]) =>
    names.map((name) => [
      name,
      fc.option(fc.array(fc.constantFrom(...VALUES[kind as Kind]), { maxLength: name === "aws:tagkeys" ? 3 : 1 }), { freq: 5 }),
    ]),
  ),
);

export const policyCall: fc.Arbitrary<PolicyCall> = fc.record({
  caller,
  action: fc.constantFrom("execute-api:Invoke", "execute-api:Invoke", "execute-api:ManageConnections"),
  resource: fc.constantFrom(...PATHS).map((path) => `${API}/${path}`),
  keys: fc
    .record(keyValues)
    .map((found) => Object.fromEntries(Object.entries(found).flatMap(([name, values]) => (values === null ? [] : [[name, values]])))),
});

export function requestOf({ keys, ...call }: PolicyCall): PolicyRequest {
  return { ...call, keys: (name) => keys[name] };
}
