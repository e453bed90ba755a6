/** Everybody around the gateway: backends that remember what they got, a customer's identity provider, a partner and a scanner with keys. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
export type Party = { readonly url: string; readonly server: Server; readonly close: () => void };
export type Backend = Party & { readonly calls: Received[] };

export async function backend(name: string): Promise<Backend> {
  const calls: Received[] = [];
  const party = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      const wait = request.url?.includes("slow") ? 500 : 0;
      setTimeout(
        () => response.writeHead(200, { "content-type": "text/plain", "x-backend": name, "keep-alive": "timeout=9" }).end(`from ${name}`),
        wait,
      );
    });
  });
  return { ...party, calls };
}

export type IdentityProvider = Party & {
  /** How often its keys were asked for. */
  asked: number;
  /** From now on it signs with another key, which it publishes beside the old one. */
  readonly rotate: () => void;
  readonly token: (claims?: Readonly<Record<string, unknown>>) => string;
};

export async function identityProvider(): Promise<IdentityProvider> {
  const keys: { readonly kid: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject }[] = [];
  const rotate = (): void => void keys.push({ kid: `key-${keys.length}`, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) });
  rotate();
  const party = await listen((_request, response) => {
    provider.asked++;
    const published = keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys: published }));
  });
  const token = (claims: Readonly<Record<string, unknown>> = {}): string => {
    const key = keys.at(-1);
    if (key === undefined) throw new Error("no key");
    const usual = { iss: party.url, aud: "shop-web", sub: "alice", mfa: false, "cognito:groups": [] };
    return jwt({ alg: "RS256", kid: key.kid }, { ...usual, ...claims }, (data) => sign("sha256", data, key.privateKey));
  };
  const provider: IdentityProvider = { ...party, asked: 0, rotate, token };
  return provider;
}

export type Partner = { readonly publicKey: object; readonly token: (claims?: Readonly<Record<string, unknown>>) => string };

export function partner(): Partner {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const usual = { iss: "https://partner.example", aud: "shop-api", sub: "job-1", org: "acme", quota: 5, account: "111122223333" };
  return {
    publicKey: { ...publicKey.export({ format: "jwk" }), kid: "partner-2026", use: "sig", alg: "ES256" },
    token: (claims = {}) =>
      jwt({ alg: "ES256", kid: "partner-2026" }, { ...usual, ...claims }, (data) =>
        sign("sha256", data, { key: privateKey, dsaEncoding: "ieee-p1363" }),
      ),
  };
}

export function scannerToken(secret: string, claims: Readonly<Record<string, unknown>> = {}): string {
  const usual = { iss: "warehouse", aud: "shop-warehouse", sub: "gun-7", site: "ber1" };
  return jwt({ alg: "HS256" }, { ...usual, ...claims }, (data) => createHmac("sha256", secret).update(data).digest());
}

/** Good for five minutes, unless the claims say otherwise. */
export function jwt(header: object, claims: object, signed: (data: Buffer) => Buffer): string {
  const now = Math.floor(Date.now() / 1000);
  const data = [header, { iat: now, exp: now + 300, ...claims }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${data}.${signed(Buffer.from(data)).toString("base64url")}`;
}

async function listen(listener: RequestListener): Promise<Party> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "localhost", () => resolve()));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, server, close };
}
