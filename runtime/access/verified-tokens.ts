/**
 * Tokens whose signature was good, remembered so that it is checked once. Promises: a token is known by its whole text and the very keys that
 * it was checked with, so changed keys forget it; what depends on the time is asked anew each time; bounded in entries and in characters. Belongs
 * to one identity, never to two.
 */
import type { Jwk, VerificationKey } from "../contract/world.ts";
import type { Bearer } from "./token-claims.ts";

export type VerifiedToken = {
  readonly text: string;
  /** The list among which its key was chosen. */
  readonly keys: KeyList;
  readonly bearer: Bearer;
};
/** Compared as an object: lists stay the same until their keys change. */
export type KeyList = readonly Jwk[] | Extract<VerificationKey, { kind: "secret" }>;

export type TokenMemory<Known extends { readonly text: string }> = {
  readonly find: (text: string) => Known | undefined;
  readonly keep: (token: Known) => void;
};
export type VerifiedTokens = TokenMemory<VerifiedToken>;

export const verifiedTokens = (): VerifiedTokens => tokenMemory<VerifiedToken>({ tokens: 2_048, characters: 4 * 1024 * 1024 });

/** The end of a signature tells tokens apart as well as a hash of them would, and is at hand. */
const tail = 22;

/** `most`: of each of two generations: when the younger one is full, the older one is forgotten. */
export function tokenMemory<Known extends { readonly text: string }>(most: {
  readonly tokens: number;
  readonly characters: number;
}): TokenMemory<Known> {
  let young = new Map<string, Known>();
  let old = new Map<string, Known>();
  let characters = 0;
  const keep = (token: Known): void => {
    if (young.size >= most.tokens || characters + token.text.length > most.characters) {
      old = young;
      young = new Map();
      characters = 0;
    }
    const key = token.text.slice(-tail);
    characters += token.text.length - (young.get(key)?.text.length ?? 0);
    young.set(key, token);
  };
  const find = (text: string): Known | undefined => {
    const key = text.slice(-tail);
    const known = young.get(key);
    if (known?.text === text) return known;
    const before = old.get(key);
    if (before?.text !== text) return undefined;
    keep(before);
    return before;
  };
  return { find, keep };
}
