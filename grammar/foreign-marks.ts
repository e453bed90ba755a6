/** Marks of other languages, as `&&`, `===` and `!`, and what GWL writes for them. Must not know: the layout around them. */
import type { IToken, TokenType } from "chevrotain";
import { Bang } from "./foreign-tokens.ts";
import * as t from "./tokens.ts";

/** By the first mark: the one that touches it, and the operator that both mean. */
const PAIRS = new Map<TokenType, readonly [second: TokenType, meant: TokenType]>([
  [t.Bar, [t.Bar, t.Or]],
  [t.Ampersand, [t.Ampersand, t.And]],
  [t.Equal, [t.Assign, t.Equal]],
  [t.Unequal, [t.Assign, t.Unequal]],
  [t.Assign, [t.Greater, t.Arrow]],
]);

/** `length` counts the tokens of the mark. */
export type ForeignMark = { readonly meant: TokenType; readonly written: string; readonly length: number };

export function foreignMark(first: IToken, second: IToken | undefined): ForeignMark | undefined {
  if (first.tokenType === Bang) return { meant: t.Not, written: first.image, length: 1 };
  const pair = PAIRS.get(first.tokenType);
  if (pair === undefined || second?.tokenType !== pair[0]) return undefined;
  const touches = first.startOffset + first.image.length === second.startOffset;
  return touches ? { meant: pair[1], written: first.image + second.image, length: 2 } : undefined;
}
