/** The words that nothing can be called. */
import * as t from "./tokens.ts";

export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  t.TOKENS.filter((type) => type !== t.Reserved && type.CATEGORIES?.includes(t.Reserved)).map((type) => String(type.PATTERN)),
);
