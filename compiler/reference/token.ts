/**
 * Whether a signed token proves who calls (D15, D48, D130; RFC 7519, RFC 8725). Promises: all that needs no key is checked before a key is
 * asked for, and whatever is unusual is refused. The signature itself is the world's to verify.
 */
import type { Jwk, VerificationKey, World } from "../../runtime/contract/world.ts";
import type { JwtAlgorithm, TokenIdentity } from "../model/program.ts";
import { decodeBase64url } from "./base64url.ts";
import { bindBearer } from "./bearer.ts";
import { callerOf } from "./claims.ts";
import type { BoundIdentity, Unverified, Verified } from "./identity.ts";
import { readJson, type Json } from "./json.ts";
import { chooseKey } from "./jwk.ts";
import { isSort } from "./token-sort.ts";
import { utf8 } from "./triplets.ts";
import { isRecord, isText } from "./values.ts";

/** An identity with what the start knows of it. */
export type BoundToken = {
  readonly identity: TokenIdentity;
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly clients: readonly string[];
  readonly keys: Secret | PublishedKeys;
};
export type Secret = Extract<VerificationKey, { kind: "secret" }>;
/** Undefined where no keys could be had. */
export type PublishedKeys = (world: World, refresh: boolean) => Promise<readonly Jwk[] | undefined>;

export type Members = { readonly [name: string]: Json };

export function bindToken(bound: BoundToken): BoundIdentity {
  return bindBearer(bound.identity, (token, { now, world }) => verifyToken(token, bound, now, world));
}

async function verifyToken(token: string, bound: BoundToken, now: number, world: World): Promise<Verified | Unverified> {
  const { identity } = bound;
  const parts = token.split(".");
  const [header, payload, signature] = parts.map((part) => decodeBase64url(part));
  if (token.length > 8192 || parts.length !== 3 || !header || !payload || !signature) return "invalid";
  const head = readMembers(header);
  const claims = readMembers(payload);
  if (!head || !claims) return "invalid";
  const algorithm = identity.algorithms.find((name) => name === head["alg"]);
  const kid = head["kid"];
  if (!algorithm || "crit" in head || "b64" in head || !(kid === undefined || isText(kid))) return "invalid";
  if (claims["iss"] !== bound.issuer || !isForUs(claims, bound) || !isInTime(claims, identity.leeway, now)) return "invalid";
  if (identity.sort !== undefined && !isSort(identity, head["typ"], claims, bound.audience)) return "invalid";
  const verified = readCaller(claims, identity);
  if (!verified) return "invalid";

  const key = await findKey(bound, algorithm, kid, world);
  if (key === "keys-unavailable") return key;
  const signed = new TextEncoder().encode(token.slice(0, token.lastIndexOf(".")));
  const answer: unknown = key && world.verify(algorithm, key, signed, signature);
  return answer === true ? verified : "invalid";
}

function readMembers(bytes: Uint8Array): Members | undefined {
  const reading = readJson(utf8(bytes) ?? "", { depth: 64, keys: 1000 });
  return "value" in reading && isRecord(reading.value) ? reading.value : undefined;
}

/** Whom a token is for: its audience, or where it has none its client. */
function isForUs(claims: Members, { audience, clients }: BoundToken): boolean {
  const { aud, client_id: client } = claims;
  if (!("aud" in claims)) return isText(client) && clients.includes(client);
  const named = isText(aud) ? [aud] : Array.isArray(aud) && aud.every(isText) ? aud : [];
  return named.some((name) => audience.includes(name));
}

/** Times of tokens are seconds, ours milliseconds. */
export function isInTime({ exp, nbf, iat }: Members, leeway: number, now: number): boolean {
  const isPast = (time: Json | undefined): boolean => time === undefined || (typeof time === "number" && time * 1000 <= now + leeway);
  return typeof exp === "number" && now < exp * 1000 + leeway && isPast(nbf) && isPast(iat);
}

/** `sub` is who it is; the declared claims must fit their types. */
function readCaller(members: Members, identity: TokenIdentity): Verified | undefined {
  const id = members["sub"];
  if (!isText(id) || id === "" || [...id].length > 256) return undefined;
  return callerOf(identity.name, id, identity.claims, members);
}

async function findKey(
  { keys }: BoundToken,
  algorithm: JwtAlgorithm,
  kid: string | undefined,
  world: World,
): Promise<VerificationKey | "keys-unavailable" | undefined> {
  if (typeof keys === "object") return keys;
  let published = await keys(world, false);
  // Issuers change their keys: a name that is not there is looked for once more in fresh ones.
  const isMissing = published !== undefined && kid !== undefined && !published.some((key) => key["kid"] === kid);
  if (isMissing) published = await keys(world, true);
  if (published === undefined) return "keys-unavailable";
  const jwk = chooseKey(published, algorithm, kid);
  return jwk && { kind: "jwk", jwk };
}
