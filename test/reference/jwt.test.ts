/** D8, D15, D48: tokens, with real signatures. */
import { expect, test } from "vitest";
import type { JwtIdentity } from "../../compiler/model/program.ts";
import type { Jwk } from "../../runtime/contract/world.ts";
import { ecKey, edKey, encode, rsaKey, signToken, type TokenParts } from "../harness/tokens.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { ask, headersOf } from "./ask.ts";
import { allow, constant, gateway, INT, jwt, LIMITS, program, route, STRING } from "./program-builder.ts";

const WIDE = { ...LIMITS, headers: 20_000, headerField: 20_000 };
const NOW = TEST_NOW / 1000;
const ec = ecKey();
const named = ecKey({ kid: "k" });
const CLAIMS = { iss: "https://issuer.example", aud: "us", sub: "u1", exp: NOW + 60 };

const withKeys = (...keys: Jwk[]): Partial<JwtIdentity> => ({ keys: { kind: "static", keys: keys as never } });

async function login(token: string | undefined, identity: JwtIdentity = jwt("A", withKeys(ec.jwk)), world = testWorld()) {
  const root = program(gateway([route("GET /", { access: [allow(1)], accept: [[identity.name]] })], { limits: WIDE }), {
    identities: [identity],
    secrets: [{ name: "KEY", kind: "string", span: identity.span }],
  });
  const headers = token === undefined ? [] : [["Authorization", token] as const];
  return ask(root, "GET /", { headers, world, configuration: { stage: undefined, variables: { KEY: SECRET } } });
}
const NOWHERE = { file: "", start: 0, end: 0 };
const SECRET = "0123456789abcdef0123456789abcdef";
const bearer = (parts: Partial<TokenParts>): string => `Bearer ${signToken({ claims: CLAIMS, key: ec, ...parts })}`;

test("a good token says who calls", async () => {
  const identity = jwt("A", {
    ...withKeys(ec.jwk),
    claims: [
      { claim: "cognito:groups", name: "groups", type: { kind: "set", element: STRING }, span: NOWHERE },
      { claim: "level", name: "level", type: { kind: "optional", type: INT }, span: NOWHERE },
    ],
  });
  const { decision } = await login(bearer({ claims: { ...CLAIMS, "cognito:groups": ["x"], other: 1 } }), identity);
  expect(decision.principal).toEqual({ identity: "A", id: "u1", claims: { groups: ["x"] } });
});

const claims = (more: object): string => bearer({ claims: { ...CLAIMS, ...more } });
const valid = bearer({});

test.each<[string, string]>([
  ["two spaces", valid.replace(" ", "  ")],
  ["nothing behind the scheme", "Bearer"],
  ["two parts", valid.slice(0, valid.lastIndexOf("."))],
  ["four parts", `${valid}.e30`],
  ["padding", `${valid}=`],
  ["a letter that is no base64url", valid.replace(".", ".+")],
  ["a signature of another key", bearer({ key: ecKey() })],
  ["no signature", valid.slice(0, valid.lastIndexOf(".") + 1)],
  ["more than 8 KiB", claims({ x: "y".repeat(8192) })],
  ["alg none", `Bearer ${encode('{"alg":"none"}')}.${encode(JSON.stringify(CLAIMS))}.`],
  ["an algorithm that is not declared", bearer({ algorithm: "ES384", key: ecKey({}, "P-384") })],
  ["crit", bearer({ header: { crit: ["x"] } })],
  ["b64", bearer({ header: { b64: true } })],
  ["a kid that is no string", bearer({ header: { kid: 1 } })],
  ["a kid that no key has", bearer({ header: { kid: "k" } })],
  ["a payload that is no object", bearer({ claims: "[]" })],
  ["a repeated claim", bearer({ claims: `{"sub":"a",${JSON.stringify(CLAIMS).slice(1)}` })],
  ["`__proto__`", bearer({ claims: `{"__proto__":1,${JSON.stringify(CLAIMS).slice(1)}` })],
  ["another issuer", claims({ iss: "https://issuer.example/" })],
  ["issuers in an array", claims({ iss: [CLAIMS.iss] })],
  ["another audience", claims({ aud: "them" })],
  ["an audience of numbers", claims({ aud: ["us", 1] })],
  ["no audience", claims({ aud: undefined })],
  ["no exp", claims({ exp: undefined })],
  ["exp as text", claims({ exp: String(NOW + 60) })],
  ["exp now", claims({ exp: NOW })],
  ["nbf in the future", claims({ nbf: NOW + 0.001 })],
  ["iat in the future", claims({ iat: NOW + 1 })],
  ["iat as text", claims({ iat: "0" })],
  ["no sub", claims({ sub: undefined })],
  ["an empty sub", claims({ sub: "" })],
  ["a sub of 257 characters", claims({ sub: "x".repeat(257) })],
  ["a sub that is a number", claims({ sub: 1 })],
])("%s is refused, and the challenge says so", async (_, token) => {
  const { decision, answer } = await login(token);
  expect(decision.cause).toBe("unauthenticated");
  expect(headersOf(answer)).toContainEqual(["www-authenticate", 'Bearer error="invalid_token"']);
});

test("stray bits in the last character are refused, signature or not", async () => {
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(valid.at(-1) ?? "");
  const stray = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last + 1];
  const { decision } = await login(valid.slice(0, -1) + stray);
  expect(decision.cause).toBe("unauthenticated");
});

test.each<[string, string]>([
  ["the scheme in any case", valid.replace("Bearer", "bEARER")],
  ["an audience among others", claims({ aud: ["them", "us"] })],
  ["nbf now", claims({ nbf: NOW, iat: NOW })],
  ["fractions of seconds", claims({ exp: NOW + 0.001 })],
  ["a sub of 256 characters beyond the basic plane", claims({ sub: "😀".repeat(256) })],
  ["an embedded key that is ignored", bearer({ header: { jwk: ecKey().jwk, jku: "https://evil.example", typ: "x" } })],
])("%s is fine", async (_, token) => {
  expect((await login(token)).decision.effect).toBe("allow");
});

test("leeway is granted to all three times, and not a millisecond more", async () => {
  const lenient = jwt("A", { ...withKeys(ec.jwk), leeway: 1000 });
  const effect = async (more: object): Promise<string> => (await login(claims(more), lenient)).decision.effect;
  expect([await effect({ exp: NOW - 0.999 }), await effect({ nbf: NOW + 1, iat: NOW + 1 })]).toEqual(["allow", "allow"]);
  expect([await effect({ exp: NOW - 1 }), await effect({ nbf: NOW + 1.001 }), await effect({ iat: NOW + 1.001 })]).toEqual([
    "deny",
    "deny",
    "deny",
  ]);
});

test.each<[string, readonly Jwk[], object, boolean]>([
  ["the one key of that name", [ec.jwk, named.jwk], { kid: "k" }, true],
  ["two keys of that name", [named.jwk, named.jwk], { kid: "k" }, false],
  ["a name of a key for encryption", [{ ...named.jwk, use: "enc" }], { kid: "k" }, false],
  ["a name of a key for signing only", [{ ...named.jwk, key_ops: ["sign"] }], { kid: "k" }, false],
  ["a name of a key for verifying", [{ ...named.jwk, key_ops: ["verify"] }], { kid: "k" }, true],
  ["a name of a key for another algorithm", [{ ...named.jwk, alg: "ES384" }], { kid: "k" }, false],
  ["no name and one that fits", [named.jwk, ecKey({}, "P-384").jwk], {}, true],
  ["no name and two that fit", [named.jwk, ec.jwk], {}, false],
])("%s: %j", async (_, keys, header, isGood) => {
  const { decision } = await login(bearer({ key: named, header }), jwt("A", withKeys(...keys)));
  expect(decision.effect).toBe(isGood ? "allow" : "deny");
});

const rsa = rsaKey();
test.each([
  ["RS256", rsa],
  ["PS512", rsa],
  ["ES384", ecKey({}, "P-384")],
  ["ES512", ecKey({}, "P-521")],
  ["EdDSA", edKey()],
] as const)("%s verifies", async (algorithm, key) => {
  const identity = jwt("A", { ...withKeys(key.jwk), algorithms: [algorithm] });
  expect((await login(bearer({ algorithm, key }), identity)).decision.effect).toBe("allow");
});

test("an RSA key of less than 2048 bits fits nothing", async () => {
  const small = rsaKey({}, 2040);
  const identity = jwt("A", { ...withKeys(small.jwk), algorithms: ["RS256"] });
  expect((await login(bearer({ algorithm: "RS256", key: small }), identity)).decision.cause).toBe("unauthenticated");
});

test("with a secret, kid is ignored", async () => {
  const identity = jwt("A", { algorithms: ["HS256"], keys: { kind: "secret", secret: "KEY" } });
  expect((await login(bearer({ algorithm: "HS256", key: SECRET, header: { kid: "any" } }), identity)).decision.effect).toBe("allow");
});

const URL = "https://keys.example/jwks";
const remote = jwt("A", { keys: { kind: "url", url: constant(URL) } });

test("keys that cannot be had: 503, but only for a token that would be good", async () => {
  const outcome = await login(valid, remote);
  expect(outcome.decision.cause).toBe("keys-unavailable");
  expect(headersOf(outcome.answer)).toContainEqual(["retry-after", "5"]);
  const world = testWorld();
  expect((await login(claims({ iss: "other" }), remote, world)).decision.cause).toBe("unauthenticated");
  expect(world.keyRequests).toEqual([]);
});

test("an unknown kid is looked for once more in fresh keys, a missing one is not", async () => {
  const world = testWorld({ keys: { [URL]: (refresh) => (refresh ? [named.jwk] : []) } });
  expect((await login(bearer({ key: named, header: { kid: "k" } }), remote, world)).decision.effect).toBe("allow");
  expect(world.keyRequests.map(({ refresh }) => refresh)).toEqual([false, true]);
  expect((await login(bearer({ key: named }), remote, world)).decision.effect).toBe("deny");
  expect(world.keyRequests).toHaveLength(3);
});

test.each([undefined, "Basic dTpw", "bearerx y"])("no token in `%s`: the challenge is plain", async (authorization) => {
  const { answer } = await login(authorization);
  expect(headersOf(answer)).toContainEqual(["www-authenticate", "Bearer"]);
});

const both = [jwt("A", withKeys(ec.jwk)), jwt("B", { ...withKeys(ec.jwk), headers: ["x-token"] }), jwt("C", withKeys(ec.jwk))];
const accepting = (...identities: string[]) => acceptingAll(...identities.map((identity) => [identity]));
const acceptingAll = (...accept: string[][]) =>
  program(gateway([route("GET /", { access: [allow(1)] })], { accept, limits: WIDE }), { identities: both });

test("of two identities asked for at once, both must verify; the first one's id is the caller's", async () => {
  const root = acceptingAll(["A", "B"]);
  const one = [["Authorization", valid] as const];
  const two = [...one, ["X-Token", valid.slice(7)] as const];
  expect((await ask(root, "GET /", { headers: one })).decision.cause).toBe("unauthenticated");
  const { decision } = await ask(root, "GET /", { headers: two });
  expect(decision).toMatchObject({ effect: "allow", principal: { identity: "A", id: "u1", and: [{ identity: "B", id: "u1" }] } });
});

test("what was not asked for is no part of the caller", async () => {
  const headers = [
    ["Authorization", valid],
    ["X-Token", valid.slice(7)],
  ] as const;
  const { decision } = await ask(acceptingAll(["B"], ["A", "C"]), "GET /", { headers });
  expect(decision.cause).toBe("unauthenticated");
});

test("two identities that verify are one too many", async () => {
  const headers = [
    ["Authorization", valid],
    ["X-Token", valid.slice(7)],
  ] as const;
  expect((await ask(accepting("A", "B"), "GET /", { headers })).decision.cause).toBe("unauthenticated");
  expect((await ask(accepting("A"), "GET /", { headers })).decision.principal?.identity).toBe("A");
  expect((await ask(accepting("B"), "GET /", { headers })).decision.principal?.identity).toBe("B");
});

test("each distinct challenge is said once, in the order of accept", async () => {
  const { answer } = await ask(accepting("B", "A", "C"), "GET /");
  expect(headersOf(answer).filter(([name]) => name === "www-authenticate")).toEqual([
    ["www-authenticate", "Token"],
    ["www-authenticate", "Bearer"],
  ]);
});

test("the nearest accept counts, and without one nobody is asked", async () => {
  const root = program(gateway([route("GET /", { access: [allow(1)], accept: [["B"]] })], { accept: [["A"]], limits: WIDE }), {
    identities: both,
  });
  expect((await ask(root, "GET /", { headers: [["X-Token", valid.slice(7)]] })).decision.effect).toBe("allow");
  expect((await ask(program(gateway([route("GET /", { access: [allow(1)] })])), "GET /")).decision.effect).toBe("allow");
});
