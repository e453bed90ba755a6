/** Real public keys for generated programs, made once a run, and a world whose signatures are cheap: what is compared is everything around them. */
import { createHash, generateKeyPairSync } from "node:crypto";
import type { Jwk, Question, Reply, VerificationKey, World } from "../../runtime/contract/world.ts";
import type { IdentityShape } from "./vocabulary.ts";
import { testWorld } from "../harness/world.ts";

type Algorithm = IdentityShape["algorithm"];

function publicKey(algorithm: Algorithm, kid: string): Jwk {
  const { publicKey: key } =
    algorithm === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : algorithm === "EdDSA"
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...key.export({ format: "jwk" }), kid, use: "sig" };
}

const RSA = [publicKey("RS256", "k1"), publicKey("RS256", "k2")];
const EC = [publicKey("ES256", "k1"), publicKey("ES256", "e2")];
const ED = [publicKey("EdDSA", "k1")];
const MIXED = [RSA[0] ?? {}, EC[1] ?? {}];
const ONE_EC = [EC[0] ?? {}];

/** What stands in an identity's key file or behind its URL. One identity has two fitting keys, so a token must name one; others have keys of other kinds beside theirs. */
export function keysOf({ algorithm, name }: IdentityShape): readonly Jwk[] {
  switch (algorithm) {
    case "RS256":
      return name === "Customer" ? RSA : MIXED;
    case "ES256":
      return ONE_EC;
    case "EdDSA":
      return ED;
    case "HS256":
      return [];
  }
}

export const SECRET = "a secret that is long enough for HS256";

/** Not cryptography: a checksum over algorithm, key and text, which only this world takes for a signature. */
export function cheapSignature(algorithm: string, key: VerificationKey, data: Uint8Array): Uint8Array {
  const name = key.kind === "secret" ? key.secret : `${String(key.jwk["kid"])} ${String(key.jwk["kty"])}`;
  return createHash("md5").update(`${algorithm} ${name} `).update(data).digest();
}

export function cheapWorld(now: number, identities: readonly IdentityShape[], areKeysAvailable: boolean): World {
  let requests = 0;
  let drawn = 0;
  const published = (isMeant: (identity: IdentityShape) => boolean): Promise<readonly Jwk[] | undefined> => {
    const identity = identities.find(isMeant);
    return Promise.resolve(areKeysAvailable && identity !== undefined ? keysOf(identity) : undefined);
  };
  return {
    ...testWorld(),
    now: () => now,
    requestId: () => createHash("sha256").update(`${now} ${++requests}`).digest("hex").slice(0, 32),
    chance: () => (++drawn * 0.379) % 1,
    hasStopped: () => !areKeysAvailable,
    verify: (algorithm, key, data, signature) => Buffer.from(cheapSignature(algorithm, key, data)).equals(signature),
    keySet: (url) => published(({ name, issuer }) => url.endsWith(`/${name}`) || url === `${issuer}/.well-known/jwks.json`),
    ask: (question) => Promise.resolve(areKeysAvailable ? introspected(question) : { kind: "timeout" }),
    issuerKeys: (issuer) => published((candidate) => candidate.issuer === issuer),
  };
}

/** What a server says of a token of `introspectedToken`, where it is asked as it should be. */
function introspected({ method, url, headers, body }: Question): Reply {
  const name = /^https:\/\/issuer\.example\/introspect\/([A-Za-z]+)$/.exec(url)?.[1] ?? "";
  const [, credentials = ""] = headers.find(([field]) => field === "authorization") ?? [];
  const isKnown =
    atob(credentials.replace("Basic ", "")) === `gate+${name.toLowerCase()}:${new URLSearchParams({ a: SECRET }).toString().slice(2)}`;
  if (!isKnown || method !== "POST") return answered(401, "{}");
  const [how, text = ""] = (new URLSearchParams(new TextDecoder().decode(body)).get("token") ?? "").split(".");
  const told = Buffer.from(text, "base64url").toString("utf8");
  switch (how) {
    case "timeout":
      return { kind: "timeout" };
    case "failed":
      return { kind: "failed", why: "reset" };
    case "status":
      return answered(500, told);
    case "list":
      return answered(200, `[${told}]`);
    case "broken":
      return answered(200, told.slice(0, -1));
    case "twice":
      return answered(200, told.replace("{", '{"active":true,'));
    default:
      return answered(200, told);
  }
}

function answered(status: number, text: string): Reply {
  return { kind: "answer", status, headers: [], body: new TextEncoder().encode(text) };
}
