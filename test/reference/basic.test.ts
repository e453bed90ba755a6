/** D122: names and passwords, with real hashes. */
import { scryptSync } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { BasicIdentity } from "../../compiler/model/program.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { ask, headersOf } from "./ask.ts";
import { allow, gateway, LIMITS, program, route, STRING } from "./program-builder.ts";

const span = { file: "", start: 0, end: 0 };
const PASSWORD = "correct horse: battery";
const stored = (password: string, ln = 14): string => {
  const made = scryptSync(Buffer.from(password), "salt-of-16-bytes", 32, { N: 2 ** ln, r: 8, p: 1, maxmem: 2 ** 28 });
  return `$scrypt$ln=${ln},r=8,p=1$${bare(Buffer.from("salt-of-16-bytes"))}$${bare(made)}`;
};
const bare = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
const identity: BasicIdentity = {
  kind: "basic",
  name: "A",
  store: "USERS",
  headers: [],
  subject: "name",
  claims: [{ claim: "team", name: "team", type: { kind: "optional", type: STRING }, span }],
  span,
};
const root = program(
  gateway([route("GET /", { access: [allow(1)], accept: [["A"]] })], { limits: { ...LIMITS, headers: 20_000, headerField: 20_000 } }),
  {
    identities: [identity],
    secrets: [{ name: "USERS", kind: "userStore", span }],
  },
);

const store = (...users: readonly object[]): string => JSON.stringify({ users });
const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");
let good: { readonly name: string; readonly password: string };
beforeAll(() => {
  good = { name: "ann", password: stored(PASSWORD) };
});

async function login(authorization: string | undefined, users: string = store(good)) {
  const headers = authorization === undefined ? [] : [["Authorization", authorization] as const];
  return ask(root, "GET /", { headers, world: testWorld(), configuration: { stage: undefined, variables: { USERS: users } } });
}

test("a name and its password say who calls; the first colon parts them", async () => {
  const { decision } = await login(`Basic ${base64(`ann:${PASSWORD}`)}`, store({ ...good, fields: { team: "ops" } }));
  expect(decision).toMatchObject({ effect: "allow", principal: { identity: "A", id: "ann", claims: { team: "ops" } } });
});

test.each([
  ["another password", `Basic ${base64(`ann:${PASSWORD}!`)}`],
  ["another name", `Basic ${base64(`Ann:${PASSWORD}`)}`],
  ["no name", `Basic ${base64(`:${PASSWORD}`)}`],
  ["no colon", `Basic ${base64("ann")}`],
  ["no password", `Basic ${base64("ann:")}`],
  ["no base64", "Basic ann:secret"],
  ["stray bits", "Basic YW5uOnh="],
  ["bytes that are no UTF-8", `Basic ${base64(Buffer.from([97, 58, 0xc3, 0x28]))}`],
  ["a control character", `Basic ${base64(`ann:${PASSWORD}\u0000`)}`],
  ["too long", `Basic ${base64(`ann:${"x".repeat(2000)}`)}`],
  ["nothing behind the scheme", "Basic"],
  ["another scheme", `Bearer ${base64(`ann:${PASSWORD}`)}`],
  ["nothing at all", undefined],
])("refused: %s", async (_, authorization) => {
  const { decision, answer } = await login(authorization);
  expect(decision).toMatchObject({ effect: "deny", cause: "unauthenticated" });
  expect(headersOf(answer)).toContainEqual(["www-authenticate", 'Basic realm="A", charset="UTF-8"']);
});

test("the scheme may come in any case, a password in any script", async () => {
  const users = store({ name: "åsa", password: stored("пароль-😀") });
  expect((await login(`bASIC ${base64("åsa:пароль-😀")}`, users)).decision.principal?.id).toBe("åsa");
});

test("two passwords of one name are good at once, each with its own end", async () => {
  const users = store(good, { name: "ann", password: stored("the new password"), expires: new Date(TEST_NOW).toISOString() });
  expect((await login(`Basic ${base64(`ann:${PASSWORD}`)}`, users)).decision.effect).toBe("allow");
  expect((await login(`Basic ${base64("ann:the new password")}`, users)).decision.effect).toBe("deny");
});

test.each([
  ["a password in clear text", { password: "secret-secret" }],
  ["another hash", { password: "$2b$12$abcdefghijklmnopqrstuv" }],
  ["a cost that is too small", { password: "$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
  ["a cost that is too large", { password: "$scrypt$ln=20,r=8,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
  ["a name with a colon", { name: "a:b" }],
  ["no name", { name: "" }],
])("the start is refused: %s", (_, more) => {
  const started = startReference(root)({ stage: undefined, variables: { USERS: store({ ...good, ...more }) } });
  expect("problems" in started ? started.problems : []).toHaveLength(1);
  expect(JSON.stringify(started)).not.toContain("secret-secret");
});
