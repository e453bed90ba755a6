/**
 * Checking a JSON Web Token (RFC 7519, RFC 8725). Promises that a token passes only if every rule holds: whatever is
 * unknown, repeated or of another type refuses it. Cryptography and time come through the world.
 */
import type { JwtSettings } from "../contract/jwt.ts";
import type { Verification } from "../contract/verification.ts";
import type { KeyAnswer, World } from "../contract/world.ts";
import { type CompactToken, readCompactToken, readJsonObject } from "./compact-token.ts";
import { selectKey } from "./jwk-selection.ts";
import { type Bearer, readBearer, timeFault } from "./token-claims.ts";
import { type KeyList, type TokenMemory, tokenMemory, type VerifiedTokens, verifiedTokens } from "./verified-tokens.ts";

/** `credential` is the token's text alone, `now` the instant that rules see. Answers at once unless keys have to be fetched. Never throws. */
export type VerifyToken = (credential: string, world: World, now: number) => Verification | Promise<Verification>;

/** A token whose claims are ours. `keys`: those that it was good with before. */
type Claimed = { readonly text: string; readonly bearer: Bearer; readonly keys?: KeyList | undefined; readonly token?: CompactToken };
/** `unknown-id` is the one reason to ask for fresh keys: the issuer may have changed them. */
type Checked = Verification | "unknown-id";

/** Keys are asked for last, so a stranger's token causes no call. A token that is `known` is checked for its times and its keys alone. */
export function tokenVerifier(settings: JwtSettings, known: VerifiedTokens = verifiedTokens()): VerifyToken {
  const { leeway } = settings;
  const misfits = tokenMemory<Misfit>(mostMisfits);
  return (credential, world, now) => {
    const claimed = known.find(credential) ?? readNew(settings, misfits, credential);
    if (typeof claimed === "string") return refused(claimed);
    const fault = timeFault(claimed.bearer.times, now, leeway);
    if (fault !== undefined) return refused(fault);
    const { keys } = settings;
    if (keys.kind === "secret") return answer(checkSignature(claimed, known, world, keys));
    return keys.kind === "static"
      ? answer(checkSignature(claimed, known, world, keys.keys))
      : checkPublished(settings, claimed, known, world);
  };
}

/** Of a token that is not for this identity, whatever the time and the keys. Where several identities read one field, most tokens are that for some of them. */
type Misfit = { readonly text: string; readonly why: string };
const mostMisfits = { tokens: 256, characters: 256 * 1024 };

function readNew(settings: JwtSettings, misfits: TokenMemory<Misfit>, text: string): Claimed | string {
  const why = misfits.find(text)?.why;
  if (why !== undefined) return why;
  const claimed = readToken(settings, text);
  if (typeof claimed === "string") misfits.keep({ text, why: claimed });
  return claimed;
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

function checkSignature(claimed: Claimed, known: VerifiedTokens, world: World, keys: KeyList): Checked {
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

/** At once where the keys are known. */
function checkPublished(
  settings: JwtSettings,
  claimed: Claimed,
  known: VerifiedTokens,
  world: World,
): Verification | Promise<Verification> {
  try {
    const keys = published(settings, world, false);
    if (keys instanceof Promise) return checkFetched(settings, claimed, known, world, keys);
    const checked = keys === undefined ? keysUnavailable : checkSignature(claimed, known, world, keys);
    return checked === "unknown-id" ? checkFetched(settings, claimed, known, world, keys) : checked;
  } catch {
    return keysUnavailable;
  }
}

/** An id that is not among them is looked for once more: the issuer may have changed its keys. */
async function checkFetched(
  settings: JwtSettings,
  { text, bearer, keys: before }: Claimed,
  known: VerifiedTokens,
  world: World,
  asked: KeyAnswer | Promise<KeyAnswer>,
): Promise<Verification> {
  try {
    // Its bytes are read anew: other tokens are read meanwhile.
    const claimed: Claimed = { text, bearer, keys: before };
    const keys = await asked;
    const checked = keys === undefined ? keysUnavailable : checkSignature(claimed, known, world, keys);
    if (checked !== "unknown-id") return checked;
    const fresh = await published(settings, world, true);
    return fresh === undefined ? keysUnavailable : answer(checkSignature(claimed, known, world, fresh));
  } catch {
    return keysUnavailable;
  }
}

function published({ keys }: JwtSettings, world: World, refresh: boolean): KeyAnswer | Promise<KeyAnswer> {
  if (keys.kind === "url") return world.keySet(keys.url, refresh);
  return keys.kind === "issuer" ? world.issuerKeys(keys.issuer, refresh) : undefined;
}

function answer(checked: Checked): Verification {
  return checked === "unknown-id" ? refused("no key has the token's key id") : checked;
}

const keysUnavailable: Verification = { ok: false, cause: "keys-unavailable", why: "the issuer's keys could not be had" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
