/** D134: what an authorization server says of a token, by both hands. */
import { expect, test } from "vitest";
import type { Question, Reply } from "../../runtime/contract/world.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { requestOf } from "../reference/ask.ts";
import { checkedText } from "./compile-text.ts";

const NOW = TEST_NOW / 1000;
const SECRET = "s3cret: with spaces & ü";
const gateway = (settings: string): string => `gwl 1
env SERVER: Url
secret KEY: String
identity A = introspect(SERVER) { client: "the gate%", secret: KEY, cache: 30s, ${settings} }
gateway g { listen 1 }
GET "/" { accept A, allow, respond 200 }
`;

type Answer = (question: Question) => Reply | Promise<Reply>;
const json = (body: object | string, status = 200): Reply => ({
  kind: "answer",
  status,
  headers: [],
  body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});

async function started(settings = "") {
  const { program, told } = await checkedText(gateway(settings));
  expect(told).toEqual([]);
  const hands = bothHands(program, { stage: undefined, variables: { SERVER: "https://login.example/introspect", KEY: SECRET } });
  return [gatewayOf(hands.reference), gatewayOf(hands.compiled)] as const;
}

/** What both hands say, and what they ask. */
async function said(answer: Answer, settings = "", token = "abc.DEF~1+2/3=="): Promise<string> {
  const request = requestOf("GET /", { headers: [["Authorization", `Bearer ${token}`]] });
  const [reference, compiled] = await started(settings);
  const [theirs, ours] = [testWorld({ ask: answer }), testWorld({ ask: answer })];
  const [expected, outcome] = [await reference.handle(request, theirs), await compiled.handle(request, ours)];
  expect(comparable(outcome)).toBe(comparable(expected));
  expect(ours.questions).toEqual(theirs.questions);
  const { principal, cause } = outcome.decision;
  return principal === undefined ? cause : `${principal.id} ${JSON.stringify(principal.claims)}`;
}

const good = { active: true, sub: "u1" };
const no = "unauthenticated";
const silent = "keys-unavailable";

test("the question is a form with the token, from a client that says who it is", async () => {
  const questions: Question[] = [];
  await said((question) => (questions.push(question), json(good)));
  const [question] = questions;
  expect(question).toMatchObject({ method: "POST", url: "https://login.example/introspect", timeout: 2_000, mostBytes: 8192 });
  expect(new TextDecoder().decode(question?.body)).toBe("token=abc.DEF%7E1%2B2%2F3%3D%3D&token_type_hint=access_token");
  const credentials = "the+gate%25:s3cret%3A+with+spaces+%26+%C3%BC";
  expect(Object.fromEntries(question?.headers ?? [])).toEqual({
    authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  });
});

test.each<[string, Reply, string]>([
  ["active", json(good), "u1 {}"],
  ["not active", json({ ...good, active: false }), no],
  ["active as a text", json({ ...good, active: "true" }), silent],
  ["active as a number", json({ ...good, active: 1 }), silent],
  ["nothing about active", json({ sub: "u1" }), silent],
  ["active twice", json('{"active":false,"active":true,"sub":"u1"}'), silent],
  ["active in a list", json([good]), silent],
  ["broken JSON", json('{"active":true,"sub":"u1"'), silent],
  ["nothing", json(""), silent],
  ["active with a status of 201", json(good, 201), silent],
  ["active with a status of 500", json(good, 500), silent],
  ["that the gateway is unknown", json(good, 401), silent],
  ["a redirect", json(good, 302), silent],
  ["nothing in time", { kind: "timeout" }, silent],
  ["nothing at all", { kind: "failed", why: "ECONNREFUSED" }, silent],
  ["no subject", json({ active: true }), no],
  ["an empty subject", json({ active: true, sub: "" }), no],
  ["a subject of 257 characters", json({ active: true, sub: "x".repeat(257) }), no],
  ["expired", json({ ...good, exp: NOW - 30 }), no],
  ["expired within the leeway", json({ ...good, exp: NOW - 29 }), "u1 {}"],
  ["an expiry of text", json({ ...good, exp: "soon" }), no],
  ["an expiry of null", json({ ...good, exp: null }), no],
  ["not yet", json({ ...good, nbf: NOW + 31 }), no],
  ["issued later", json({ ...good, iat: NOW + 31 }), no],
  ["a bearer token", json({ ...good, token_type: "bearer" }), "u1 {}"],
  ["a DPoP token", json({ ...good, token_type: "DPoP" }), no],
  ["a token bound to a certificate", json({ ...good, cnf: { "x5t#S256": "x" } }), no],
])("the server says %s: %#", async (_what, reply, expected) => {
  expect(await said(() => reply)).toBe(expected);
});

test.each<[string, object, string]>([
  ['issuer: "https://login.example"', { iss: "https://login.example" }, "u1 {}"],
  ['issuer: "https://login.example"', { iss: "https://login.example/" }, no],
  ['issuer: "https://login.example"', {}, no],
  ['audience: ["a", "b"]', { aud: "b" }, "u1 {}"],
  ['audience: ["a", "b"]', { aud: ["x", "a"] }, "u1 {}"],
  ['audience: ["a", "b"]', { aud: ["a", 1] }, no],
  ['audience: ["a", "b"]', {}, no],
  ['subject: "client_id"', { client_id: "c1" }, "c1 {}"],
  ['subject: "client_id"', {}, no],
  ['scopes: ["r", "w"]', { scope: "w x" }, 'u1 {"scopes":["w"]}'],
  ["fields { level: Int, org: String? }", { level: 3, other: 1 }, 'u1 {"level":3}'],
  ["fields { level: Int }", { level: "3" }, no],
  ["fields { level: Int }", {}, no],
])("%s, and the server says %j", async (settings, members, expected) => {
  expect(await said(() => json({ ...good, ...members }), settings)).toBe(expected);
});

test.each(["a b", "a,b", "ü", "=a", "a=b", ""])("what can be no token (%j) is asked about by nobody", async (token) => {
  const isAsked = (): never => {
    throw new Error("asked");
  };
  expect(await said(isAsked, "", token)).toBe(no);
});

test("an answer is kept by the whole token for as long as the program says, a failure is not, and the token's end is its end", async () => {
  let now = TEST_NOW;
  let reply: Reply = { kind: "timeout" };
  const [reference, compiled] = await started();
  const worlds = [testWorld({ ask: () => reply }), testWorld({ ask: () => reply })] as const;
  const call = async (token: string): Promise<string> => {
    const request = requestOf("GET /", { headers: [["Authorization", `Bearer ${token}`]] });
    const at = (world: (typeof worlds)[number]) => ({ ...world, now: () => now, requestId: () => "0".repeat(32) });
    const expected = await reference.handle(request, at(worlds[0]));
    const outcome = await compiled.handle(request, at(worlds[1]));
    expect(comparable(outcome)).toBe(comparable(expected));
    expect(worlds[1].questions).toEqual(worlds[0].questions);
    return `${outcome.decision.cause} ${worlds[1].questions.length}`;
  };
  expect(await call("a")).toBe("keys-unavailable 1");
  reply = json({ ...good, exp: NOW + 10 });
  expect(await call("a")).toBe("rule 2");
  reply = json({ active: false });
  expect(await call("a")).toBe("rule 2");
  expect(await call("b")).toBe("unauthenticated 3");
  now += 29_999;
  expect(await call("a")).toBe("rule 3");
  reply = json({ ...good, exp: NOW + 10 });
  expect(await call("b")).toBe("unauthenticated 3");
  now += 10_001;
  expect(await call("a")).toBe("unauthenticated 4");
  expect(await call("b")).toBe("unauthenticated 5");
});

test("many requests with one token make one question; each token has its own", async () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const world = testWorld({ ask: () => opened.then(() => json(good)) });
  const [, compiled] = await started();
  const calls = Array.from({ length: 60 }, async (_, at) =>
    compiled.handle(requestOf("GET /", { headers: [["Authorization", `Bearer token-${at % 3}`]] }), world),
  );
  await Promise.resolve();
  open();
  const outcomes = await Promise.all(calls);
  expect(outcomes.map(({ decision }) => decision.cause)).toEqual(Array.from({ length: 60 }, () => "rule"));
  expect(world.questions).toHaveLength(3);
});

test.each([
  ["http://login.example/introspect", 1],
  ["https://login.example/introspect?x=1", 1],
  ["http://127.0.0.1:9000/introspect", 0],
])("the start with the server %s finds %i problems, in both hands", async (url, problems) => {
  const { program } = await checkedText(gateway(""));
  const hands = bothHands(program, { stage: undefined, variables: { SERVER: url, KEY: SECRET } });
  const count = (one: (typeof hands)["compiled"]): number => ("problems" in one ? one.problems.length : 0);
  expect([count(hands.reference), count(hands.compiled)]).toEqual([problems, problems]);
});
