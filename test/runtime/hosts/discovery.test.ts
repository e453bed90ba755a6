/** Where an issuer's keys are, asked of a real server: OpenID Connect Discovery 1.0 section 4. */
import { afterEach, expect, test } from "vitest";
import { discoverKeys } from "../../../runtime/hosts/node/discover-keys.ts";
import { publishedKeys } from "../../../runtime/hosts/node/published-keys.ts";
import { ask } from "../../../runtime/hosts/node/ask.ts";
import { httpBackend, portOf } from "./served.ts";

const open: { close: () => unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

type Provider = { readonly issuer: string; readonly calls: string[]; documents: Record<string, string | undefined> };

async function provider(documents: (issuer: string) => Record<string, string | undefined>): Promise<Provider> {
  const calls: string[] = [];
  const state: { documents: Record<string, string | undefined> } = { documents: {} };
  const server = await httpBackend((request, answer) => {
    calls.push(request.url ?? "");
    const text = state.documents[request.url ?? ""];
    if (text === undefined) answer.writeHead(404).end();
    else answer.end(text);
  });
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  const issuer = `http://127.0.0.1:${portOf(server)}/realms/a`;
  state.documents = documents(issuer);
  return {
    issuer,
    calls,
    get documents() {
      return state.documents;
    },
    set documents(given) {
      state.documents = given;
    },
  };
}

const AT = "/realms/a/.well-known/openid-configuration";
const document = (members: object): Record<string, string> => ({ [AT]: JSON.stringify(members) });

test("the document of the issuer says where its keys are; a slash at its end is left out before the path", async () => {
  const one = await provider((issuer) => document({ issuer, jwks_uri: `${issuer}/keys` }));
  expect(await discoverKeys(one.issuer)).toBe(`${one.issuer}/keys`);
  one.documents = document({ issuer: `${one.issuer}/`, jwks_uri: "https://keys.example" });
  expect(await discoverKeys(`${one.issuer}/`)).toBe("https://keys.example");
  expect(one.calls).toEqual([AT, AT]);
});

test.each<[string, (issuer: string) => object | string]>([
  ["another issuer", () => ({ issuer: "https://evil.example", jwks_uri: "https://keys.example" })],
  ["the issuer with a slash more", (issuer) => ({ issuer: `${issuer}/`, jwks_uri: "https://keys.example" })],
  ["the issuer in capitals", (issuer) => ({ issuer: issuer.toUpperCase(), jwks_uri: "https://keys.example" })],
  ["no issuer", () => ({ jwks_uri: "https://keys.example" })],
  ["no keys", (issuer) => ({ issuer })],
  ["keys at a plain address", (issuer) => ({ issuer, jwks_uri: "http://keys.example" })],
  ["keys in a file", (issuer) => ({ issuer, jwks_uri: "file:///etc/passwd" })],
  ["keys at no URL", (issuer) => ({ issuer, jwks_uri: "keys" })],
  ["a list of keys' addresses", (issuer) => ({ issuer, jwks_uri: ["https://keys.example"] })],
  ["the issuer twice", (issuer) => `{"issuer":"https://evil.example","issuer":"${issuer}","jwks_uri":"https://keys.example"}`],
  ["a list", () => "[]"],
  ["more than 150,000 bytes", (issuer) => ({ issuer, jwks_uri: "https://keys.example", more: "x".repeat(150_000) })],
])("a document with %s is not used", async (_what, made) => {
  const one = await provider((issuer) => {
    const content = made(issuer);
    return typeof content === "string" ? { [AT]: content } : document(content);
  });
  expect(await discoverKeys(one.issuer)).toBeUndefined();
});

test("an issuer elsewhere cannot send us to this machine", async () => {
  const answered = { kind: "answer", status: 200, headers: [] } as const;
  const through = (jwks_uri: string) => async () => ({
    ...answered,
    body: Buffer.from(JSON.stringify({ issuer: "https://login.example", jwks_uri })),
  });
  expect(await discoverKeys("https://login.example", through("http://127.0.0.1:8080/keys"))).toBeUndefined();
  expect(await discoverKeys("https://login.example", through("http://localhost/keys"))).toBeUndefined();
  expect(await discoverKeys("https://login.example", through("https://login.example/keys"))).toBe("https://login.example/keys");
});

test("a new key is found at once, an unknown one asks twice a minute at most, the last good keys outlive the provider", async () => {
  let now = 0;
  const one = await provider((issuer) => ({
    ...document({ issuer, jwks_uri: `${issuer}/keys` }),
    "/realms/a/keys": '{"keys":[{"kid":"1"}]}',
  }));
  const { issuerKeys } = publishedKeys(ask, () => now);
  const first = await issuerKeys(one.issuer, false);
  expect(first).toEqual([{ kid: "1" }]);
  expect(await issuerKeys(one.issuer, false)).toBe(first);
  expect(one.calls).toHaveLength(2);
  one.documents = { ...one.documents, "/realms/a/keys": '{"keys":[{"kid":"1"},{"kid":"2"}]}' };
  now = 29_999;
  expect(await issuerKeys(one.issuer, true)).toBe(first);
  expect(one.calls).toHaveLength(2);
  now = 30_000;
  const second = await issuerKeys(one.issuer, true);
  expect(second).toEqual([{ kid: "1" }, { kid: "2" }]);
  expect(await Promise.all(Array.from({ length: 50 }, async () => issuerKeys(one.issuer, true)))).toEqual(
    Array.from({ length: 50 }, () => second),
  );
  expect(one.calls).toHaveLength(4);
  one.documents = {};
  now = 12 * 60 * 60_000;
  expect(await issuerKeys(one.issuer, false)).toBe(second);
  now = 24 * 60 * 60_000 + 30_000;
  expect(await issuerKeys(one.issuer, false)).toBeUndefined();
});

test("keys that come again unchanged are the same object, so that what was verified with them stays known", async () => {
  let now = 0;
  const one = await provider((issuer) => ({
    ...document({ issuer, jwks_uri: `${issuer}/keys` }),
    "/realms/a/keys": '{"keys":[{"kid":"1"}]}',
  }));
  const { issuerKeys } = publishedKeys(ask, () => now);
  const first = await issuerKeys(one.issuer, false);
  now = 11 * 60_000;
  expect(await issuerKeys(one.issuer, false)).toBe(first);
  expect(one.calls).toHaveLength(4);
});
