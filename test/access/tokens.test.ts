/** D130 to D132: whose tokens of which sort are taken, by both hands, with real signatures. */
import { expect, test } from "vitest";
import type { World } from "../../runtime/contract/world.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { rsaKey, signToken } from "../harness/tokens.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { requestOf } from "../reference/ask.ts";
import { checkedText } from "./compile-text.ts";

const key = rsaKey({ kid: "k" });
const OIDC = "https://login.example/staff";
const POOL = "eu-west-1_Ab12Cd34E";
const COGNITO = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
const world = (): World =>
  testWorld({
    keys: { [OIDC]: [key.jwk], [`${COGNITO}/.well-known/jwks.json`]: [key.jwk], "https://keys.example": [key.jwk] },
  });

const gateway = (identity: string): string => `gwl 1
env POOL: String
env ISSUER: Url
${identity}
gateway g { listen 1 }
GET "/" { accept A, allow, respond 200 }
`;

async function answer(identity: string, token: { readonly header?: object; readonly claims: object }): Promise<string> {
  const { program, told } = await checkedText(gateway(identity));
  expect(told.filter((line) => !line.startsWith("GWL2064"))).toEqual([]);
  const hands = bothHands(program, { stage: undefined, variables: { POOL, ISSUER: OIDC } });
  const time = { exp: TEST_NOW / 1000 + 60, sub: "u1" };
  const text = signToken({ algorithm: "RS256", key, header: { kid: "k", ...token.header }, claims: { ...time, ...token.claims } });
  const request = requestOf("GET /", { headers: [["Authorization", `Bearer ${text}`]] });
  const reference = await gatewayOf(hands.reference).handle(request, world());
  const compiled = await gatewayOf(hands.compiled).handle(request, world());
  expect(comparable(compiled)).toBe(comparable(reference));
  const { principal } = compiled.decision;
  return principal === undefined ? compiled.decision.cause : `${principal.id} ${JSON.stringify(principal.claims)}`;
}

const oidc = (settings: string): string => `identity A = oidc("${OIDC}") { ${settings} }`;
const cognito = (settings: string): string => `identity A = cognito(POOL) { ${settings} }`;
const ok = "u1 {}";
const no = "unauthenticated";

test.each<[string, string, object, object, string]>([
  ["one audience", oidc('audience: ["a", "b"]'), {}, { iss: OIDC, aud: "b" }, ok],
  ["an issuer of the environment", 'identity A = oidc(ISSUER) { audience: "a" }', {}, { iss: OIDC, aud: "a" }, ok],
  ["an issuer with a slash more", oidc('audience: "a"'), {}, { iss: `${OIDC}/`, aud: "a" }, no],
  ["a list of issuers", oidc('audience: "a"'), {}, { iss: [OIDC], aud: "a" }, no],
  ["no audience, where one is asked for", oidc('audience: "a"'), {}, { iss: OIDC, client_id: "a" }, no],
  ["no audience, and a client that is ours", oidc('audience: "a", client_id: "c"'), {}, { iss: OIDC, client_id: "c" }, ok],
  ["no audience, and a client that is not ours", oidc('client_id: ["c", "d"]'), {}, { iss: OIDC, client_id: "e" }, no],
  ["no audience, and a list of clients", oidc('client_id: "c"'), {}, { iss: OIDC, client_id: ["c"] }, no],
  ["another audience, and a client that is ours", oidc('audience: "a", client_id: "c"'), {}, { iss: OIDC, aud: "x", client_id: "c" }, no],
  ["an audience, where only clients are named", oidc('client_id: "c"'), {}, { iss: OIDC, aud: "a", client_id: "c" }, no],
  ["an audience of null, and a client that is ours", oidc('client_id: "c"'), {}, { iss: OIDC, aud: null, client_id: "c" }, no],
  ["an empty audience, and a client that is ours", oidc('client_id: "c"'), {}, { iss: OIDC, aud: [], client_id: "c" }, no],
  ["our audience, and a client that is not", oidc('audience: "a", client_id: "c"'), {}, { iss: OIDC, aud: "a", client_id: "x" }, ok],

  ["an access token", oidc('audience: "a", token: access'), { typ: "at+jwt" }, { iss: OIDC, aud: "a" }, ok],
  ["an access token by its whole type", oidc('audience: "a", token: access'), { typ: "application/AT+jwt" }, { iss: OIDC, aud: "a" }, ok],
  ["an ID token for an access token", oidc('audience: "a", token: access'), { typ: "JWT" }, { iss: OIDC, aud: "a" }, no],
  ["no type for an access token", oidc('audience: "a", token: access'), {}, { iss: OIDC, aud: "a" }, no],
  ["an access token for an ID token", oidc('audience: "a", token: id'), { typ: "at+jwt" }, { iss: OIDC, aud: "a" }, no],
  ["a logout token for an ID token", oidc('audience: "a", token: id'), { typ: "logout+jwt" }, { iss: OIDC, aud: "a" }, no],
  ["an ID token", oidc('audience: "a", token: id'), { typ: "JWT" }, { iss: OIDC, aud: "a" }, ok],
  ["an ID token without a type", oidc('audience: "a", token: id'), {}, { iss: OIDC, aud: ["a"], azp: "a" }, ok],
  ["an ID token for another party", oidc('audience: "a", token: id'), {}, { iss: OIDC, aud: ["a", "b"], azp: "b" }, no],
  ["an ID token for several without a party", oidc('audience: "a", token: id'), {}, { iss: OIDC, aud: ["a", "b"] }, no],
  ["an access token's party is not asked", oidc('audience: "a", token: access'), { typ: "at+jwt" }, { iss: OIDC, aud: "a", azp: "b" }, ok],

  ["Cognito's ID token", cognito('audience: "a"'), {}, { iss: COGNITO, aud: "a", token_use: "id" }, ok],
  ["Cognito's access token for an ID token", cognito('audience: "a"'), {}, { iss: COGNITO, aud: "a", token_use: "access" }, no],
  ["a Cognito token of no sort", cognito('audience: "a"'), {}, { iss: COGNITO, aud: "a" }, no],
  ["Cognito's access token", cognito('client_id: "c"'), {}, { iss: COGNITO, client_id: "c", token_use: "access" }, ok],
  [
    "Cognito's access token of a bound resource",
    cognito('audience: "a", token: access'),
    {},
    { iss: COGNITO, aud: "a", token_use: "access" },
    ok,
  ],
  ["Cognito's ID token for an access token", cognito('client_id: "c"'), {}, { iss: COGNITO, client_id: "c", token_use: "id" }, no],
  ["another pool of the region", cognito('audience: "a"'), {}, { iss: COGNITO.replace("Ab", "Ac"), aud: "a", token_use: "id" }, no],

  [
    "scopes in a text",
    oidc('audience: "a", scopes: ["r", "w"]'),
    {},
    { iss: OIDC, aud: "a", scope: "openid w r" },
    'u1 {"scopes":["r","w"]}',
  ],
  ["scopes in a list", oidc('audience: "a", scopes: ["r", "w"]'), {}, { iss: OIDC, aud: "a", scp: ["w"] }, 'u1 {"scopes":["w"]}'],
  ["no scopes", oidc('audience: "a", scopes: ["r", "w"]'), {}, { iss: OIDC, aud: "a" }, 'u1 {"scopes":[]}'],
  ["a scope within a longer one", oidc('audience: "a", scopes: ["r"]'), {}, { iss: OIDC, aud: "a", scope: "read wr" }, 'u1 {"scopes":[]}'],
  ["scopes before `scp`", oidc('audience: "a", scopes: ["r"]'), {}, { iss: OIDC, aud: "a", scope: "w", scp: ["r"] }, 'u1 {"scopes":[]}'],
  ["scopes of null", oidc('audience: "a", scopes: ["r"]'), {}, { iss: OIDC, aud: "a", scope: null, scp: ["r"] }, no],
  ["scopes that are no texts", oidc('audience: "a", scopes: ["r"]'), {}, { iss: OIDC, aud: "a", scope: ["r", 1] }, no],
])("%s", async (_what, identity, header, claims, expected) => {
  expect(await answer(identity, { header, claims })).toBe(expected);
});

test.each([
  ["eu-west-1", OIDC, 1],
  ["eu-west-1_a-b", OIDC, 1],
  ["EU-WEST-1_ab", OIDC, 1],
  ["", OIDC, 1],
  [POOL, "http://login.example", 1],
  [POOL, "https://login.example?tenant=1", 1],
  [POOL, "http://localhost.example", 1],
  [POOL, "http://127.0.0.1.example", 1],
  [POOL, "http://localhost:9000/realms/a", 0],
  [POOL, "http://127.0.0.1:9000", 0],
  [POOL, "http://[::1]:9000", 0],
  ["us-gov-west-1_Ab1", "https://login.example/a", 0],
])("the start with the pool %j and the issuer %j finds %i problems, in both hands", async (pool, issuer, problems) => {
  const text = gateway('identity A = cognito(POOL) { audience: "a" }\nidentity B = oidc(ISSUER) { audience: "a" }');
  const { program } = await checkedText(text);
  const started = bothHands(program, { stage: undefined, variables: { POOL: pool, ISSUER: issuer } });
  const count = (one: (typeof started)["compiled"]): number => ("problems" in one ? one.problems.length : 0);
  expect([count(started.reference), count(started.compiled)]).toEqual([problems, problems]);
});
