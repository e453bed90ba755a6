/**
 * Checking a JSON Web Token (RFC 7519, RFC 8725). Promises that a token passes only if every rule holds: whatever is
 * unknown, repeated or of another type refuses it. Cryptography and time come through the world.
 */
import type { JwtSettings } from "../contract/jwt.ts";
import type { Verification } from "../contract/verification.ts";
import type { Jwk, VerificationKey, World } from "../contract/world.ts";
import { type SelectedKey, selectKey } from "./jwk-selection.ts";
import { type CompactToken, readCompactToken, readJsonObject } from "./compact-token.ts";
import { readPrincipal } from "./jwt-claims.ts";

/**
 * `credential` is the token's text alone. Answers at once unless keys have to be fetched, and that is asked for last: a
 * stranger's token causes no call. Never throws.
 */
export function verifyJwt(settings: JwtSettings, credential: string, world: World): Verification | Promise<Verification> {
  const token = readCompactToken(credential);
  if (typeof token === "string") return refused(token);
  if (!settings.algorithms.some((name) => name === token.algorithm)) return refused("the algorithm is not one of the declared");
  const payload = readJsonObject(token.payload);
  if (payload === undefined) return refused("the payload is no JSON object");
  const claimed = readPrincipal(settings, payload, world.now());
  if (!claimed.ok) return claimed;
  const { keys } = settings;
  switch (keys.kind) {
    case "secret":
      return checked(token, { kind: "secret", secret: keys.secret }, claimed, world);
    case "static":
      return checkedBy(selectKey(keys.keys, token.algorithm, token.keyId), token, claimed, world);
    case "url":
      return checkedByFetched(keys.url, token, claimed, world);
    default:
      return keys satisfies never;
  }
}

/** An unknown key id is the one reason to ask for fresh keys: the issuer may have rotated them. */
async function checkedByFetched(url: string, token: CompactToken, claimed: Verification, world: World): Promise<Verification> {
  const known = await fetchKeys(url, false, world);
  if (known === undefined) return keysUnavailable;
  const selected = selectKey(known, token.algorithm, token.keyId);
  if (selected.kind !== "unknown-id") return checkedBy(selected, token, claimed, world);
  const fresh = await fetchKeys(url, true, world);
  return fresh === undefined ? keysUnavailable : checkedBy(selectKey(fresh, token.algorithm, token.keyId), token, claimed, world);
}

async function fetchKeys(url: string, refresh: boolean, world: World): Promise<readonly Jwk[] | undefined> {
  try {
    return await world.keySet(url, refresh);
  } catch {
    return undefined;
  }
}

function checkedBy(selected: SelectedKey, token: CompactToken, claimed: Verification, world: World): Verification {
  return selected.kind === "key" ? checked(token, { kind: "jwk", jwk: selected.jwk }, claimed, world) : refused(selected.why);
}

function checked(token: CompactToken, key: VerificationKey, claimed: Verification, world: World): Verification {
  const isGood = world.verify(token.algorithm, key, token.signed, token.signature);
  return isGood ? claimed : refused("the signature does not fit");
}

const keysUnavailable: Verification = { ok: false, cause: "keys-unavailable", why: "the issuer's keys could not be had" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
