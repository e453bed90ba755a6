/** D120: keys, by their digests. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ApiKeyIdentity } from "../../compiler/model/program.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { ask, headersOf } from "./ask.ts";
import { allow, gateway, program, route, STRING } from "./program-builder.ts";

const span = { file: "", start: 0, end: 0 };
const KEY = "a-key-of-thirty-two-characters-!";
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const identity: ApiKeyIdentity = {
  kind: "api_key",
  name: "A",
  store: "KEYS",
  headers: ["x-api-key"],
  subject: "id",
  claims: [{ claim: "org", name: "org", type: { kind: "optional", type: STRING }, span }],
  span,
};
const root = program(gateway([route("GET /", { access: [allow(1)], accept: [["A"]] })]), {
  identities: [identity],
  secrets: [{ name: "KEYS", kind: "keyStore", span }],
});

const store = (...keys: readonly object[]): string => JSON.stringify({ keys });
const good = { id: "acme", sha256: sha256(KEY) };

async function login(key: string | undefined, keys: string = store(good)) {
  const headers = key === undefined ? [] : [["X-Api-Key", key] as const];
  return ask(root, "GET /", { headers, world: testWorld(), configuration: { stage: undefined, variables: { KEYS: keys } } });
}

test("a key whose digest stands in the store says who calls", async () => {
  const { decision } = await login(KEY, store({ ...good, fields: { org: "Acme" } }));
  expect(decision).toMatchObject({ effect: "allow", principal: { identity: "A", id: "acme", claims: { org: "Acme" } } });
});

test("fields that no rule may read are not shown", async () => {
  const { decision } = await login(KEY, store({ ...good, fields: { org: "Acme", note: "owes us" } }));
  expect(decision.principal?.claims).toEqual({ org: "Acme" });
});

test.each([
  ["one byte more", `${KEY}!`],
  ["one byte less", KEY.slice(1)],
  ["another letter", KEY.replace("k", "K")],
  ["the digest itself", sha256(KEY)],
  ["no key at all", undefined],
])("refused: %s", async (_, key) => {
  const { decision, answer } = await login(key);
  expect(decision).toMatchObject({ effect: "deny", cause: "unauthenticated" });
  expect(headersOf(answer)).toContainEqual(["www-authenticate", "ApiKey"]);
});

test.each([
  ["19 characters", "x".repeat(19), false],
  ["20 characters", "x".repeat(20), true],
  ["128 characters", "x".repeat(128), true],
  ["129 characters", "x".repeat(129), false],
  ["a space within", `${"x".repeat(20)} y`, false],
  ["more than ASCII", `${"x".repeat(20)}\u00e9`, false],
])("a key of %s, though it stands in the store", async (_, key, isKey) => {
  const { decision } = await login(key, store({ id: "acme", sha256: sha256(key) }));
  expect(decision.effect).toBe(isKey ? "allow" : "deny");
});

test.each([
  ["switched off", { enabled: false }, "deny"],
  ["switched on", { enabled: true }, "allow"],
  ["at its end", { expires: new Date(TEST_NOW).toISOString() }, "deny"],
  ["before its end", { expires: new Date(TEST_NOW + 1).toISOString() }, "allow"],
])("an entry that is %s", async (_, more, effect) => {
  expect((await login(KEY, store({ ...good, ...more }))).decision.effect).toBe(effect);
});

test("two keys of one caller are good at once", async () => {
  const other = "another-key-of-thirty-two-chars!!";
  const keys = store(good, { ...good, sha256: sha256(other) });
  for (const key of [KEY, other]) expect((await login(key, keys)).decision.principal?.id).toBe("acme");
});

test.each([
  ["no JSON", "KEYS"],
  ["an empty list", ""],
  ["another member", '{"keys":[],"more":1}'],
  ["no list", '{"keys":{}}'],
  ["an entry that is none", '{"keys":[1]}'],
  ["a member twice", `{"keys":[{"id":"a","id":"b","sha256":"${sha256(KEY)}"}]}`],
  ["an unknown member", store({ ...good, admin: true })],
  ["no id", store({ sha256: good.sha256 })],
  ["an empty id", store({ ...good, id: "" })],
  ["a key in clear text", store({ ...good, sha256: KEY })],
  ["a digest in capitals", store({ ...good, sha256: good.sha256.toUpperCase() })],
  ["one key twice", store(good, { ...good, id: "bolt" })],
  ["a field of another type", store({ ...good, fields: { org: 5 } })],
  ["a null field", store({ ...good, fields: { org: null } })],
  ["a time without zone", store({ ...good, expires: "2027-01-01T00:00:00" })],
  ["a time that is none", store({ ...good, expires: "2027-13-01T00:00:00Z" })],
  ["enabled as a text", store({ ...good, enabled: "true" })],
])("the start is refused: %s", (_, keys) => {
  const started = startReference(root)({ stage: undefined, variables: { KEYS: keys } });
  const problems = "problems" in started ? started.problems : [];
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.join()).not.toContain(KEY);
});
