/**
 * Whether a token proves who calls (D15, D48; RFC 7519, RFC 8725). Promises: all that needs no key is checked before a key is asked for, and
 * whatever is unusual is refused. The signature itself is the world's to verify.
 */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { Jwk, VerificationKey, World } from "../../runtime/contract/world.ts";
import type { JwtAlgorithm, JwtIdentity } from "../model/program.ts";
import { credentials } from "./authorization.ts";
import { decodeBase64url } from "./base64url.ts";
import { callerOf } from "./claims.ts";
import { valueOf } from "./fields.ts";
import type { Binder, BoundIdentity, Unverified, Verified } from "./identity.ts";
import { readJson, type Json } from "./json.ts";
import { chooseKey } from "./jwk.ts";
import { readText } from "./text-values.ts";
import { utf8 } from "./triplets.ts";
import { isRecord, isText } from "./values.ts";

/** An identity with what the start knows of it. */
type BoundJwt = {
  readonly identity: JwtIdentity;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Where keys are read from, for `keys: url`. */
  readonly keysUrl: string | undefined;
  readonly secret: string | undefined;
};

type Members = { readonly [name: string]: Json };

export function bindJwt(identity: JwtIdentity, { text, secrets, report }: Binder): BoundIdentity {
  const { name, keys, algorithms } = identity;
  const secret = keys.kind === "secret" ? (secrets[keys.secret] ?? "") : undefined;
  const secretBytes = algorithms.includes("HS512") ? 64 : algorithms.includes("HS384") ? 48 : 32;
  if (secret !== undefined && new TextEncoder().encode(secret).length < secretBytes) {
    report(`the secret of identity \`${name}\` has fewer than ${secretBytes} bytes`);
  }
  const keysUrl = keys.kind === "url" ? text(keys.url) : undefined;
  if (keysUrl !== undefined && readText({ kind: "url" }, keysUrl) === undefined) {
    report(`the keys of identity \`${name}\` have no URL: \`${keysUrl}\``);
  }
  const bound: BoundJwt = { identity, issuer: text(identity.issuer), audience: identity.audience.map(text), keysUrl, secret };
  return {
    name,
    verify: async ({ request, now, world }) => {
      const token = tokenIn(identity, request.fields);
      return token === undefined ? "absent" : await verifyToken(token, bound, now, world);
    },
    challenge: ({ request }) => challengeOf(identity, request.fields),
  };
}

/** Undefined where no token came. */
function tokenIn({ headers: [header] }: JwtIdentity, fields: readonly HeaderField[]): string | undefined {
  return header === undefined ? credentials(fields, "bearer") : valueOf(fields, header);
}

/** RFC 6750 section 3. */
function challengeOf(identity: JwtIdentity, fields: readonly HeaderField[]): string {
  if (identity.headers.length > 0) return "Token";
  return tokenIn(identity, fields) === undefined ? "Bearer" : 'Bearer error="invalid_token"';
}

async function verifyToken(token: string, bound: BoundJwt, now: number, world: World): Promise<Verified | Unverified> {
  const parts = token.split(".");
  const [header, payload, signature] = parts.map((part) => decodeBase64url(part));
  if (token.length > 8192 || parts.length !== 3 || !header || !payload || !signature) return "invalid";
  const head = readMembers(header);
  const claims = readMembers(payload);
  if (!head || !claims) return "invalid";
  const algorithm = bound.identity.algorithms.find((name) => name === head["alg"]);
  const kid = head["kid"];
  if (!algorithm || "crit" in head || "b64" in head || !(kid === undefined || isText(kid))) return "invalid";
  if (!isForUs(claims, bound) || !isInTime(claims, bound.identity.leeway, now)) return "invalid";
  const verified = readCaller(claims, bound.identity);
  if (!verified) return "invalid";

  const key = await findKey(bound, algorithm, kid, world);
  if (key === "keys-unavailable") return key;
  const signed = new TextEncoder().encode(token.slice(0, token.lastIndexOf(".")));
  return key && world.verify(algorithm, key, signed, signature) ? verified : "invalid";
}

function readMembers(bytes: Uint8Array): Members | undefined {
  const reading = readJson(utf8(bytes) ?? "", { depth: 64, keys: 1000 });
  return "value" in reading && isRecord(reading.value) ? reading.value : undefined;
}

function isForUs({ iss, aud }: Members, { issuer, audience }: BoundJwt): boolean {
  const named = isText(aud) ? [aud] : Array.isArray(aud) && aud.every(isText) ? aud : [];
  return iss === issuer && named.some((name) => audience.includes(name));
}

/** Times of tokens are seconds, ours milliseconds. */
function isInTime({ exp, nbf, iat }: Members, leeway: number, now: number): boolean {
  const isPast = (time: Json | undefined): boolean => time === undefined || (typeof time === "number" && time * 1000 <= now + leeway);
  return typeof exp === "number" && now < exp * 1000 + leeway && isPast(nbf) && isPast(iat);
}

/** `sub` is who it is; the declared claims must fit their types. */
function readCaller(members: Members, identity: JwtIdentity): Verified | undefined {
  const id = members["sub"];
  if (!isText(id) || id === "" || [...id].length > 256) return undefined;
  return callerOf(identity.name, id, identity.claims, members);
}

async function findKey(
  { identity, keysUrl, secret }: BoundJwt,
  algorithm: JwtAlgorithm,
  kid: string | undefined,
  world: World,
): Promise<VerificationKey | "keys-unavailable" | undefined> {
  if (secret !== undefined) return { kind: "secret", secret };
  const keys = identity.keys.kind === "static" ? identity.keys.keys : await keysAt(keysUrl ?? "", kid, world);
  if (keys === undefined) return "keys-unavailable";
  const jwk = chooseKey(keys, algorithm, kid);
  return jwk && { kind: "jwk", jwk };
}

/** Issuers change their keys: a name that is not there is looked for once more in fresh ones. */
async function keysAt(url: string, kid: string | undefined, world: World): Promise<readonly Jwk[] | undefined> {
  const keys = await world.keySet(url, false);
  const isMissing = keys !== undefined && kid !== undefined && !keys.some((key) => key["kid"] === kid);
  return isMissing ? await world.keySet(url, true) : keys;
}
