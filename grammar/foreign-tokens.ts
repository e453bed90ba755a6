/**
 * What people bring from other languages: comments, quotes and patterns that GWL writes otherwise. Promises: each is one token, and so one
 * finding. Must not know: the layout, the grammar.
 */
import { createToken } from "chevrotain";
import { Literal } from "./number-tokens.ts";

/** `#` to the end of its line. */
export const HashComment = createToken({ name: "HashComment", pattern: /#[^\r\n]*/, group: "foreign" });
/** From slash and star to star and slash, over lines; one that is not closed within 2,000 characters ends with its line. */
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: /\/\*(?:(?:[^*]|\*(?!\/)){0,2000}\*\/|[^\r\n]*)/,
  group: "foreign",
  line_breaks: true,
});
/** Text in single or backward quotes, on one line. */
export const ForeignText = createToken({ name: "ForeignText", pattern: /'[^'\r\n]*'|`[^`\r\n]*`/, categories: [Literal] });
/** A pattern with letters right behind it, as in `/a/i`. */
export const FlaggedRegex = createToken({
  name: "FlaggedRegex",
  pattern: /\/(?:[^/\\\r\n*]|\\[^\r\n])(?:[^/\\\r\n]|\\[^\r\n])*\/[A-Za-z]+/,
  categories: [Literal],
});
/** A pattern without slashes, which mostly starts with `^`. */
export const BarePattern = createToken({ name: "BarePattern", pattern: /\^[^\s,{}]*/, categories: [Literal] });
/** `!` that does not compare. */
export const Bang = createToken({ name: "Bang", pattern: "!" });
