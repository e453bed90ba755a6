/**
 * Checking a JSON Web Token (RFC 7519, RFC 8725). Promises that a token passes only if every rule holds: whatever is
 * unknown, repeated or of another type refuses it. Cryptography and time come through the world.
 */
import type { JwtSettings, VerifiedJwt } from "../contract/jwt.ts";
import type { VerificationKey, World } from "../contract/world.ts";
import { selectKey } from "./jwk-selection.ts";
import { type CompactToken, readCompactToken } from "./compact-token.ts";
import { readPrincipal } from "./jwt-claims.ts";

/** `credential` is the token's text alone. Answers at once unless keys have to be fetched. Never throws. */
export function verifyJwt(settings: JwtSettings, credential: string, world: World): VerifiedJwt | Promise<VerifiedJwt> {
  const token = readCompactToken(credential);
  if (typeof token === "string") return refused(token);
  const algorithm = settings.algorithms.find((name) => name === token.algorithm);
  if (algorithm === undefined) return refused("the algorithm is not one of the declared");
  const { keys } = settings;
  switch (keys.kind) {
    case "secret":
      return withKey(settings, token, { kind: "secret", secret: keys.secret }, world);
    case "static": {
      const selected = selectKey(keys.keys, algorithm, token.keyId);
      return selected.kind === "key" ? withKey(settings, token, selected, world) : refused(selected.why);
    }
    case "url":
      return withFetchedKey(settings, token, keys.url, world);
    default:
      return keys satisfies never;
  }
}

/** An unknown key id is the one reason to ask for fresh keys: the issuer may have rotated them. */
async function withFetchedKey(settings: JwtSettings, token: CompactToken, url: string, world: World): Promise<VerifiedJwt> {
  const algorithm = token.algorithm;
  const known = await fetchKeys(world, url, false);
  if (known === undefined) return keysUnavailable;
  let selected = selectKey(known, algorithm, token.keyId);
  if (selected.kind === "unknown-id") {
    const fresh = await fetchKeys(world, url, true);
    if (fresh === undefined) return keysUnavailable;
    selected = selectKey(fresh, algorithm, token.keyId);
  }
  return selected.kind === "key" ? withKey(settings, token, selected, world) : refused(selected.why);
}

async function fetchKeys(world: World, url: string, refresh: boolean): ReturnType<World["keySet"]> {
  try {
    return await world.keySet(url, refresh);
  } catch {
    return undefined;
  }
}

function withKey(settings: JwtSettings, token: CompactToken, key: KeyInHand, world: World): VerifiedJwt {
  const verificationKey: VerificationKey = key.kind === "key" ? { kind: "jwk", jwk: key.jwk } : key;
  if (!world.verify(token.algorithm, verificationKey, token.signed, token.signature)) return refused("the signature does not fit");
  return readPrincipal(settings, token.payload, world.now());
}

type KeyInHand = Extract<ReturnType<typeof selectKey>, { kind: "key" }> | Extract<VerificationKey, { kind: "secret" }>;

const keysUnavailable: VerifiedJwt = { ok: false, cause: "keys-unavailable", why: "the issuer's keys could not be had" };

function refused(why: string): VerifiedJwt {
  return { ok: false, cause: "invalid", why };
}
