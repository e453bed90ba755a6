/** A real OpenID provider (`oidc-provider`) on a port of loopback: signs people in, gives services tokens, says what opaque tokens are good for. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { Provider } from "oidc-provider";

export const API = "https://api.shop.example";
export const LEDGER = "https://ledger.shop.example";
/** The client of people, and that of a service. */
export const WEB = { client_id: "shop-web", client_secret: "a secret of the shop's web client" };
export const BILLING = { client_id: "billing", client_secret: "a secret of the billing service, with % and +" };
export const GATEWAY = { client_id: "gateway", client_secret: "a secret of the gateway: 100 % &+" };
const CALLBACK = "https://shop.example/callback";

export type OpenIdProvider = {
  readonly issuer: string;
  /** Paths that were asked for since the last look. */
  readonly asked: () => readonly string[];
  /** Signs with a new key, which it publishes beside the old ones, or alone. */
  readonly rotate: (old: "kept" | "dropped") => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** A token of the service, for a resource. */
  readonly serviceToken: (resource: string, scope: string) => Promise<string>;
  /** Somebody signs in at the web client. */
  readonly signIn: (login: string) => Promise<{ readonly id_token: string; readonly access_token: string }>;
  readonly revoke: (token: string) => Promise<void>;
};

/** `lifetime` of access tokens, in seconds. */
export async function openIdProvider(lifetime: () => number): Promise<OpenIdProvider> {
  let asked: string[] = [];
  let keys = [await signingKey()];
  let server: Server | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    const listener: { handle: ReturnType<Provider["callback"]> | undefined } = { handle: undefined };
    const started = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.setHeader("connection", "close");
      void listener.handle?.(request, response);
    });
    await new Promise<void>((resolve) => started.listen(port, "127.0.0.1", resolve));
    ({ port } = started.address() as AddressInfo);
    listener.handle = providerOf(`http://127.0.0.1:${port}`, keys, lifetime).callback();
    server = started;
  };
  const stop = async (): Promise<void> => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
  };
  await start();
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    start,
    stop,
    asked: () => {
      const since = asked;
      asked = [];
      return since;
    },
    rotate: async (old) => {
      keys = [await signingKey(), ...(old === "kept" ? keys : [])];
      await stop();
      await start();
    },
    serviceToken: async (resource, scope) =>
      (await form(`${issuer}/token`, BILLING, { grant_type: "client_credentials", resource, scope })).access_token,
    signIn: (login) => signIn(issuer, login),
    revoke: async (token) => {
      await post(`${issuer}/token/revocation`, BILLING, { token });
    },
  };
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256" };
}

function providerOf(issuer: string, keys: readonly JWK[], lifetime: () => number): Provider {
  return new Provider(issuer, {
    jwks: { keys: [...keys] },
    clients: [
      { ...WEB, redirect_uris: [CALLBACK], grant_types: ["authorization_code"], response_types: ["code"] },
      { ...BILLING, redirect_uris: [], grant_types: ["client_credentials"], response_types: [] },
      { ...GATEWAY, redirect_uris: [], grant_types: [], response_types: [] },
    ],
    claims: { openid: ["sub", "groups"] },
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    cookies: { keys: ["a key of the tests"] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, groups: sub === "alice" ? ["support"] : [] }) }),
    ttl: { AccessToken: lifetime, ClientCredentials: lifetime, IdToken: lifetime, Grant: 3600, Interaction: 600, Session: 3600 },
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (_context, client) => client.clientId === GATEWAY.client_id },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: "orders/read orders/write",
          audience: resource,
          accessTokenTTL: lifetime(),
          accessTokenFormat: resource === API ? "jwt" : "opaque",
          ...(resource === API ? { jwt: { sign: { alg: "RS256" } } } : {}),
        }),
      },
    },
  });
}

type Tokens = { readonly access_token: string; readonly id_token: string };

async function form(url: string, client: typeof WEB, fields: Readonly<Record<string, string>>): Promise<Tokens> {
  const answer = await post(url, client, fields);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Tokens;
}

function post(url: string, client: typeof WEB, fields: Readonly<Record<string, string>>): Promise<Response> {
  const encoded = [client.client_id, client.client_secret].map((text) => new URLSearchParams({ a: text }).toString().slice(2)).join(":");
  const headers = { authorization: `Basic ${Buffer.from(encoded).toString("base64")}` };
  return fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
}

/** As a browser: follows redirects with cookies, fills in the provider's two forms, and stops at the client's address. */
async function signIn(issuer: string, login: string): Promise<Tokens> {
  const cookies = new Map<string, string>();
  const query = { client_id: WEB.client_id, response_type: "code", redirect_uri: CALLBACK, scope: "openid", nonce: "n", state: "s" };
  let [url, body]: [string, URLSearchParams | undefined] = [`${issuer}/auth?${new URLSearchParams(query).toString()}`, undefined];
  for (let step = 0; step < 20; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer: Response = await fetch(url, { redirect: "manual", headers: { cookie }, ...(body && { method: "POST", body }) });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get("location");
    const page = next === null ? await answer.text() : "";
    if (next?.startsWith(CALLBACK)) {
      const code = new URL(next).searchParams.get("code") ?? "";
      return form(`${issuer}/token`, WEB, { grant_type: "authorization_code", code, redirect_uri: CALLBACK });
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (next === null && prompt === undefined) throw new Error(`nobody can sign in: ${answer.status} ${page.slice(0, 300)}`);
    body = next === null ? new URLSearchParams({ prompt: prompt ?? "", login, password: "any" }) : undefined;
    url = new URL(next ?? url, url).href;
  }
  throw new Error("signing in goes round in circles");
}
