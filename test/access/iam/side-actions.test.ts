/** What calls ask for beside being let in: who may drop a cache's entry or manage connections, row by row, in both hands. */
import { beforeAll, describe, expect, test } from "vitest";
import type { SigV4Caller } from "../../../compiler/model/principals.ts";
import type { Program } from "../../../compiler/model/program.ts";
import { mayAct } from "../../../compiler/reference/iam/aws-allows.ts";
import type { Scene } from "../../../compiler/reference/scene.ts";
import { policiesOf } from "../../../compiler/reference/sigv4.ts";
import { policies } from "../../../runtime/access/iam/running-policies.ts";
import { callerPolicies } from "../../../runtime/access/sigv4/caller-policies.ts";
import type { SideAction } from "../../../runtime/contract/iam.ts";
import type { CallerData } from "../../../runtime/contract/identity-data.ts";
import type { TableData } from "../../../runtime/contract/table-data.ts";
import type { Call, Policies } from "../../../runtime/kernel/call.ts";
import { checkedText } from "../compile-text.ts";

const API = "arn:aws:execute-api:eu-west-1:111122223333:abc123";

const PRINCIPALS = `version: 1
accounts:
  "111122223333":
    policies:
      Invoke: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:Invoke", Resource: "*" }] }
      Drop: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:InvalidateCache", Resource: "arn:aws:execute-api:*:*:abc123/prod/GET/pets/*" }] }
      Manage: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:ManageConnections", Resource: "arn:aws:execute-api:*:*:abc123/prod/POST/@connections/*" }] }
      All: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:*", Resource: "*" }] }
      Never: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "execute-api:InvalidateCache", Resource: "*" }] }
    users:
      reader:  { policies: [Invoke], keys: [{ id: AKIAEXAMPLE000000001, secret: KEY }] }
      dropper: { policies: [Invoke, Drop], keys: [{ id: AKIAEXAMPLE000000002, secret: KEY }] }
      manager: { policies: [Manage], keys: [{ id: AKIAEXAMPLE000000003, secret: KEY }] }
      all:     { policies: [All], keys: [{ id: AKIAEXAMPLE000000004, secret: KEY }] }
      denied:  { policies: [All, Never], keys: [{ id: AKIAEXAMPLE000000005, secret: KEY }] }
      bounded: { policies: [All], boundary: Invoke, keys: [{ id: AKIAEXAMPLE000000006, secret: KEY }] }
      nothing: { keys: [{ id: AKIAEXAMPLE000000007, secret: KEY }] }
  "444455556666":
    policies:
      All: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "execute-api:*", Resource: "*" }] }
    users:
      abroad:  { policies: [All], keys: [{ id: AKIAEXAMPLE000000008, secret: KEY }] }
`;
const resource = (effect: string, action: string, principal = '"*"'): string =>
  `{ "Version": "2012-10-17", "Statement": [{ "Effect": "${effect}", "Principal": ${principal}, "Action": "${action}", "Resource": "execute-api:/*" }] }`;
const FILES = {
  "principals.yaml": PRINCIPALS,
  "invoke.json": resource("Allow", "execute-api:Invoke"),
  "drop.json": resource("Allow", "execute-api:InvalidateCache"),
  "never.json": resource("Deny", "execute-api:*"),
};
const SOURCE = `gwl 1
secret KEY: String
identity Signer = sigv4 { principals: from "principals.yaml", regions: ["eu-west-1"] }
gateway shop {
  arn { region: "eu-west-1", account: 111122223333, api_id: "abc123" }
  accept Signer
}
group "/a" { resource_policy from "invoke.json" mode aws, GET "/" { respond 200 } }
group "/b" { resource_policy from "drop.json" mode aws, GET "/" { respond 200 } }
group "/c" { resource_policy from "never.json" mode aws, GET "/" { allow, respond 200 } }
`;

let program: Program;
let running: Policies;
let bound: Call["bound"];

beforeAll(async () => {
  ({ program } = await checkedText(SOURCE, FILES));
  const documents = program.documents.map(({ document, asksCaller }) => ({ document, asksCaller }));
  const data = { name: "shop", identities: [{ kind: "sigv4", callers: [] }, { kind: "jwt" }], documents, routes: [], stages: ["prod"] };
  const problems: string[] = [];
  running = policies(data as unknown as TableData, ["aws", "eu-west-1", "111122223333", "abc123"], problems);
  bound = { data, stage: "prod" } as unknown as Call["bound"];
  expect(problems).toEqual([]);
});

/** Where the documents of the program stand among all. */
function numberOf(file: string): number {
  const number = program.documents.findIndex(({ span }) => span.file === file);
  if (number < 0 && file !== "missing.json") throw new Error(file);
  return number < 0 ? 999 : number;
}

function callerNamed(name: string): SigV4Caller | undefined {
  return program.identities.flatMap((one) => (one.kind === "sigv4" ? one.callers : [])).find((caller) => caller.name === name);
}

/** `token`: somebody with a token; undefined: nobody. */
function ask(name: string | undefined, asked: SideAction): boolean {
  const caller = name === undefined ? undefined : callerNamed(name);
  const claims = caller ? { account: caller.account, arn: caller.arn, type: caller.type, name: caller.name } : {};
  const request = { client: "192.0.2.1", path: "/pets/7", host: "shop", fields: [], query: [], parameters: {}, now: 0 };
  const identity = caller ? "Signer" : "Token";
  const own = caller && { policies: policiesOf(caller, program.documents) };
  const scene: Scene = {
    stage: "prod",
    variables: {},
    networks: [],
    documents: program.documents,
    signers: ["Signer"],
    authorizers: [],
    api: API,
    method: "GET",
    request,
    callers: name === undefined ? [] : [{ identity, id: "x", claims, ...own }],
  };
  const principal = {
    identity: caller ? 0 : 1,
    id: "x",
    claims,
    ...(caller && { policies: callerPolicies({ policies: caller.policies } as unknown as CallerData, bound.data.documents) }),
  };
  const call = {
    bound,
    method: "GET",
    request: { path: "/pets/7", headers: [] },
    now: 0,
    route: "",
    clientText: "192.0.2.1",
    principals: name === undefined ? [] : [principal],
  };
  const [dull, fast] = [mayAct(asked, scene), running.mayAct(call as unknown as Call, asked)];
  expect(fast).toBe(dull);
  return fast;
}

type Row = readonly [who: string | undefined, documents: readonly string[], allowed: boolean];

describe("dropping a cache's entry (execute-api:InvalidateCache)", () => {
  const rows: readonly Row[] = [
    ["dropper", [], true],
    ["all", [], true],
    ["reader", [], false],
    ["manager", [], false],
    ["denied", [], false],
    ["bounded", [], false],
    ["nothing", [], false],
    ["abroad", [], false],
    ["token", [], false],
    [undefined, [], false],
    ["dropper", ["invoke.json"], true],
    ["reader", ["invoke.json"], false],
    ["reader", ["drop.json"], true],
    ["nothing", ["drop.json"], true],
    ["bounded", ["drop.json"], false],
    ["denied", ["drop.json"], false],
    ["abroad", ["drop.json"], true],
    ["abroad", ["invoke.json"], false],
    ["token", ["drop.json"], false],
    [undefined, ["drop.json"], false],
    ["dropper", ["never.json"], false],
    ["all", ["drop.json", "never.json"], false],
    ["abroad", ["invoke.json", "drop.json"], true],
    ["all", ["missing.json"], false],
  ];
  test.each(rows)("%s, with %j: %s", (who, documents, allowed) => {
    expect(ask(who, { action: "execute-api:InvalidateCache", target: "GET/pets/7", documents: documents.map(numberOf) })).toBe(allowed);
  });

  test("is asked for the entry, not for the call", () => {
    expect(ask("dropper", { action: "execute-api:InvalidateCache", target: "GET/stock", documents: [] })).toBe(false);
    expect(ask("dropper", { action: "execute-api:InvalidateCache", target: "POST/pets/7", documents: [] })).toBe(false);
  });
});

describe("managing connections (execute-api:ManageConnections)", () => {
  const rows: readonly Row[] = [
    ["manager", [], true],
    ["all", [], true],
    ["denied", [], true],
    ["reader", [], false],
    ["dropper", [], false],
    ["bounded", [], false],
    ["abroad", [], false],
    ["token", [], false],
    [undefined, [], false],
    ["manager", ["never.json"], false],
  ];
  test.each(rows)("%s, with %j: %s", (who, documents, allowed) => {
    const target = "POST/@connections/Iwx3Yf5RoAMCJdg=";
    expect(ask(who, { action: "execute-api:ManageConnections", target, documents: documents.map(numberOf) })).toBe(allowed);
  });
});
