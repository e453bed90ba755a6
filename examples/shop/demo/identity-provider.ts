/** A small identity provider for the demo: one key made at start, its public half at `/jwks.json`, tokens on request. */
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { listen } from "./listen.ts";

export type IdentityProvider = {
  readonly issuer: string;
  readonly keysUrl: string;
  readonly token: (claims: Readonly<Record<string, unknown>>) => string;
  readonly server: Server;
};

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: "jwk" }), kid: "demo", use: "sig", alg: "RS256" };
  const server = createServer((request, response) => {
    if (request.url !== "/jwks.json") response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "application/jwk-set+json" }).end(JSON.stringify({ keys: [key] }));
  });
  const issuer = `http://localhost:${await listen(server)}`;
  const token = (claims: Readonly<Record<string, unknown>>): string => {
    const now = Math.floor(Date.now() / 1000);
    const head = base64url({ alg: "RS256", kid: "demo", typ: "JWT" });
    const body = base64url({ iss: issuer, aud: "shop-web", iat: now, exp: now + 3600, ...claims });
    return `${head}.${body}.${sign("sha256", Buffer.from(`${head}.${body}`), privateKey).toString("base64url")}`;
  };
  return { issuer, keysUrl: `${issuer}/jwks.json`, token, server };
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
