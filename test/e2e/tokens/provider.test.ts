/** Tokens of a real OpenID provider at a built gateway, over sockets: sign-in, calls, keys that change, expiry, a provider that is gone. */
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BIN, ended, environment } from "../../cli/gwl.ts";
import { call, endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { type Backend, backend } from "../shop/parties.ts";
import { API, LEDGER, type OpenIdProvider, openIdProvider, BILLING, GATEWAY, WEB } from "./provider.ts";

const SOURCE = `gwl 1

env ISSUER: Url
env INTROSPECTION: Url
env BACKEND: Url
secret GATEWAY_SECRET: String

identity Person = oidc(ISSUER) {
  audience: "${WEB.client_id}"
  token: id
  leeway: 0s
  claims { groups: Set<String> }
}

identity Service = oidc(ISSUER) {
  audience: "${API}"
  token: access
  leeway: 0s
  scopes: ["orders/read", "orders/write"]
  claims { client_id: String }
}

identity Ledger = introspect(INTROSPECTION) {
  client: "${GATEWAY.client_id}"
  secret: GATEWAY_SECRET
  audience: "${LEDGER}"
  subject: "client_id"
  scopes: ["orders/read"]
  cache: 0s
  header: "X-Ledger"
  leeway: 0s
}

backend echo = http { targets: [BACKEND] }

gateway g { listen 0, accept Person or Service or Ledger }

GET "/orders" -> echo {
  allow when principal is Person and "support" in principal.groups
  allow when principal is Service and "orders/read" in principal.scopes and principal.client_id == "${BILLING.client_id}"
}
GET "/ledger" -> echo { allow when principal is Ledger and "orders/read" in principal.scopes }
`;

let lifetime = 3600;
let provider: OpenIdProvider;
let echo: Backend;
let gateway: Gateway;
let port = 0;
let folder = "";

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-tokens-")));
  writeFileSync(join(folder, "gateway.gwl"), SOURCE);
  const bundle = join(folder, "bundle");
  const built = await ended(spawn(process.execPath, [BIN, "build", folder, "--out", bundle], { env: environment() }));
  expect({ code: built.code, err: built.code === 0 ? "" : built.err }).toEqual({ code: 0, err: "" });
  provider = await openIdProvider(() => lifetime);
  echo = await backend("echo");
  const variables = {
    ISSUER: provider.issuer,
    INTROSPECTION: `${provider.issuer}/token/introspection`,
    BACKEND: echo.url,
    GATEWAY_SECRET: GATEWAY.client_secret,
  };
  gateway = startGateway(bundle, variables, fileURLToPath(new URL("skip-time.ts", import.meta.url)));
  port = await portOf(gateway);
});

afterAll(async () => {
  gateway.child.kill("SIGTERM");
  await endOf(gateway);
  await provider.stop();
  echo.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The status, and how many calls reached the backend and the provider. */
async function outcome(
  path: string,
  token: string,
  header?: string,
): Promise<readonly [status: number, backend: number, provider: readonly string[]]> {
  const before = echo.calls.length;
  provider.asked();
  const carried = header === undefined ? { token } : { headers: { [header]: token } };
  const { status } = await call(port, `GET ${path}`, carried);
  return [status, echo.calls.length - before, provider.asked()];
}

async function halfMinute(): Promise<void> {
  gateway.child.kill("SIGUSR2");
  await new Promise((resolve) => setTimeout(resolve, 50));
}

const DISCOVERY = "/.well-known/openid-configuration";
const lastCharacter = (token: string): string => `${token.slice(0, -2)}${token.endsWith("A") ? "B" : "A"}${token.slice(-1)}`;

test("before the first token nobody asks the provider; with it, its document and its keys are read once", async () => {
  const token = await provider.serviceToken(API, "orders/read");
  expect(await outcome("/orders", token)).toEqual([200, 1, [DISCOVERY, "/jwks"]]);
  expect(await outcome("/orders", token)).toEqual([200, 1, []]);
});

test("a person signs in and calls with the ID token; the access token of the same sign-in opens nothing", async () => {
  const alice = await provider.signIn("alice");
  expect(await outcome("/orders", alice.id_token)).toEqual([200, 1, []]);
  expect(await outcome("/orders", alice.access_token)).toEqual([401, 0, []]);
  const bob = await provider.signIn("bob");
  expect(await outcome("/orders", bob.id_token)).toEqual([403, 0, []]);
});

test("a scope that is lacking is 403, a changed signature 401, another resource 401", async () => {
  const token = await provider.serviceToken(API, "orders/read");
  expect(await outcome("/orders", await provider.serviceToken(API, "orders/write"))).toEqual([403, 0, []]);
  expect(await outcome("/orders", lastCharacter(token))).toEqual([401, 0, []]);
  expect(await outcome("/ledger", token)).toEqual([403, 0, []]);
});

test("an opaque token is asked about each time, so that a revoked one is refused at once", async () => {
  const token = await provider.serviceToken(LEDGER, "orders/read");
  expect(await outcome("/ledger", token, "X-Ledger")).toEqual([200, 1, ["/token/introspection"]]);
  expect(await outcome("/orders", token, "X-Ledger")).toEqual([403, 0, ["/token/introspection"]]);
  await provider.revoke(token);
  expect(await outcome("/ledger", token, "X-Ledger")).toEqual([401, 0, ["/token/introspection"]]);
  expect(await outcome("/ledger", "unknown", "X-Ledger")).toEqual([401, 0, ["/token/introspection"]]);
});

test("a new key serves with its first token, the old one beside it; an unknown one makes the gateway ask once in half a minute", async () => {
  const old = await provider.serviceToken(API, "orders/read");
  await provider.rotate("kept");
  const fresh = await provider.serviceToken(API, "orders/read");
  expect(await outcome("/orders", fresh)).toEqual([401, 0, []]);
  await halfMinute();
  expect(await outcome("/orders", fresh)).toEqual([200, 1, [DISCOVERY, "/jwks"]]);
  expect(await outcome("/orders", old)).toEqual([200, 1, []]);
  const { rotate } = provider;
  await rotate("kept");
  const next = await provider.serviceToken(API, "orders/read");
  expect(await outcome("/orders", next)).toEqual([401, 0, []]);
  expect(await outcome("/orders", next)).toEqual([401, 0, []]);
});

test("a key that the issuer drops takes its tokens with it, those that were known as well", async () => {
  await halfMinute();
  const old = await provider.serviceToken(API, "orders/read");
  expect((await outcome("/orders", old))[0]).toBe(200);
  await provider.rotate("dropped");
  const fresh = await provider.serviceToken(API, "orders/read");
  await halfMinute();
  expect(await outcome("/orders", fresh)).toEqual([200, 1, [DISCOVERY, "/jwks"]]);
  expect((await outcome("/orders", old)).slice(0, 2)).toEqual([401, 0]);
});

test("a token is refused once it has expired, though it was good and is known", async () => {
  lifetime = 2;
  const token = await provider.serviceToken(API, "orders/read");
  lifetime = 3600;
  expect((await outcome("/orders", token))[0]).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  expect((await outcome("/orders", token)).slice(0, 2)).toEqual([401, 0]);
});

test("while the provider is gone its last good keys serve, what must be asked is 503, and all is well when it is back", async () => {
  const token = await provider.serviceToken(API, "orders/read");
  const opaque = await provider.serviceToken(LEDGER, "orders/read");
  await provider.stop();
  for (let minutes = 0; minutes < 25; minutes++) await halfMinute();
  expect((await outcome("/orders", token)).slice(0, 2)).toEqual([200, 1]);
  expect((await outcome("/ledger", opaque, "X-Ledger")).slice(0, 2)).toEqual([503, 0]);
  await provider.start();
  await halfMinute();
  expect(await outcome("/orders", token)).toEqual([200, 1, [DISCOVERY, "/jwks"]]);
});
