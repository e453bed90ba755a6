/**
 * Checking a JSON Web Token (RFC 7519, RFC 8725). Promises that a token passes only if every rule holds: whatever is
 * unknown, repeated or of another type refuses it. Cryptography and time come through the world.
 */
import type { JwtSettings } from "../contract/jwt.ts";
import type { Verification } from "../contract/verification.ts";
import type { Jwk, World } from "../contract/world.ts";
import { type CompactToken, readCompactToken, readJsonObject } from "./compact-token.ts";
import { selectKey } from "./jwk-selection.ts";
import { type Bearer, readBearer, timeFault } from "./token-claims.ts";
import { type KeyList, type VerifiedTokens, verifiedTokens } from "./verified-tokens.ts";

/** `credential` is the token's text alone, `now` the instant that rules see. Answers at once unless keys have to be fetched. Never throws. */
export type VerifyToken = (credential: string, world: World, now: number) => Verification | Promise<Verification>;

/** A token whose claims are ours. `keys`: those that it was good with before. */
type Claimed = { readonly text: string; readonly bearer: Bearer; readonly keys?: KeyList; readonly token?: CompactToken };
/** `unknown-id` is the one reason to ask for fresh keys: the issuer may have changed them. */
type Checked = Verification | "unknown-id";

/** Keys are asked for last, so a stranger's token causes no call. A token that is `known` is checked for its times and its keys alone. */
export function tokenVerifier(settings: JwtSettings, known: VerifiedTokens = verifiedTokens()): VerifyToken {
  const { keys, leeway } = settings;
  return (credential, world, now) => {
    const claimed = known.find(credential) ?? readToken(settings, credential);
    if (typeof claimed === "string") return refused(claimed);
    const fault = timeFault(claimed.bearer.times, now, leeway);
    if (fault !== undefined) return refused(fault);
    const check = (list: KeyList): Checked => checkSignature(claimed, list, known, world);
    switch (keys.kind) {
      case "secret":
        return answer(check(keys));
      case "static":
        return answer(check(keys.keys));
      case "url":
        return checkFetched((refresh) => world.keySet(keys.url, refresh), check);
      case "issuer":
        return checkFetched((refresh) => world.issuerKeys(keys.issuer, refresh), check);
      default:
        return keys satisfies never;
    }
  };
}

/** All of a token that needs neither clock nor key. */
function readToken(settings: JwtSettings, text: string): Claimed | string {
  const token = readCompactToken(text);
  if (typeof token === "string") return token;
  if (!settings.algorithms.some((name) => name === token.algorithm)) return "the algorithm is not one of the declared";
  const claims = readJsonObject(token.payload);
  if (claims === undefined) return "the payload is no JSON object";
  const bearer = readBearer(settings, token, claims);
  return typeof bearer === "string" ? bearer : { text, bearer, token };
}

function checkSignature(claimed: Claimed, keys: KeyList, known: VerifiedTokens, world: World): Checked {
  const { text, bearer } = claimed;
  if (claimed.keys === keys) return { ok: true, principal: bearer.principal };
  const token = claimed.token ?? readCompactToken(text);
  if (typeof token === "string") return refused(token);
  const selected = "kind" in keys ? keys : selectKey(keys, token.algorithm, token.keyId);
  if (selected.kind === "unknown-id") return selected.kind;
  if (selected.kind === "none") return refused(selected.why);
  const key = selected.kind === "key" ? ({ kind: "jwk", jwk: selected.jwk } as const) : selected;
  // A plain yes, and no other value that counts as true: a broken world may give any.
  const answer: unknown = world.verify(token.algorithm, key, token.signed, token.signature);
  if (answer !== true) return refused("the signature does not fit");
  known.keep({ text, bearer, keys });
  return { ok: true, principal: bearer.principal };
}

async function checkFetched(
  fetch: (refresh: boolean) => Promise<readonly Jwk[] | undefined>,
  check: (keys: KeyList) => Checked,
): Promise<Verification> {
  try {
    const known = await fetch(false);
    const checked = known === undefined ? keysUnavailable : check(known);
    if (checked !== "unknown-id") return checked;
    const fresh = await fetch(true);
    return fresh === undefined ? keysUnavailable : answer(check(fresh));
  } catch {
    return keysUnavailable;
  }
}

function answer(checked: Checked): Verification {
  return checked === "unknown-id" ? refused("no key has the token's key id") : checked;
}

const keysUnavailable: Verification = { ok: false, cause: "keys-unavailable", why: "the issuer's keys could not be had" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
