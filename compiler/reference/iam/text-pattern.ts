/**
 * Texts of IAM documents with wildcards and variables. Promises: what a variable stands for is text, never a wildcard; a
 * variable without a value, and without a default, makes the whole text unknown. One character is one UTF-16 code unit.
 */
import type { ConditionKeys, PolicyDocument } from "../../../runtime/contract/iam.ts";

export type Piece =
  | { readonly kind: "character"; readonly character: string }
  /** `*`: any characters, or none. */
  | { readonly kind: "any" }
  /** `?`: any one. */
  | { readonly kind: "one" };

export type Reading = {
  readonly version: PolicyDocument["version"];
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  readonly keys: ConditionKeys;
};

/** Undefined where a variable has no value. */
export function readPattern(text: string, reading: Reading): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const token of tokensOf(text, reading.version)) {
    const value = token.startsWith("${") && token.length > 1 ? variable(token, reading.keys) : plain(token, reading.wildcards);
    if (value === undefined) return undefined;
    pieces.push(...value);
  }
  return pieces;
}

/** Whether the pieces make up the whole text. */
export function fits(pieces: readonly Piece[], text: string): boolean {
  let reachable = new Set([0]);
  for (const piece of pieces) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (piece.kind === "any") for (let end = at; end <= text.length; end++) next.add(end);
      else if (at < text.length && (piece.kind === "one" || piece.character === text.charAt(at))) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.has(text.length);
}

/** The parts between colons, those inside of variables aside. The sixth part is all that is left. */
export function arnParts(text: string, version: PolicyDocument["version"]): readonly string[] {
  const parts = [""];
  for (const token of tokensOf(text, version)) {
    if (token === ":" && parts.length < 6) parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** Single characters, and variables whole. */
function tokensOf(text: string, version: PolicyDocument["version"]): readonly string[] {
  return version === "2012-10-17" ? (text.match(/\$\{[^}]*\}|[^]/g) ?? []) : text.split("");
}

function plain(character: string, wildcards: boolean): readonly Piece[] {
  if (wildcards && character === "*") return [{ kind: "any" }];
  if (wildcards && character === "?") return [{ kind: "one" }];
  return [{ kind: "character", character }];
}

/** `${*}`, `${?}` and `${$}` are these characters; `${key}` is the key's value, if it has exactly one; `${key, 'default'}` has a spare. */
function variable(token: string, keys: ConditionKeys): readonly Piece[] | undefined {
  const inside = token.slice(2, -1);
  if (["*", "?", "$"].includes(inside)) return characters(inside);
  const [, key = "", , spare] = /^([^,]*?)(,\s*'([^']*)')?\s*$/.exec(inside) ?? [];
  const [value, another] = keys(key.trim().toLowerCase()) ?? [];
  if (value !== undefined && another === undefined) return characters(value);
  return spare === undefined ? undefined : characters(spare);
}

function characters(text: string): readonly Piece[] {
  return text.split("").map((character) => ({ kind: "character", character }));
}
