/**
 * What people bring from other languages: comments, quotes and patterns that GWL writes otherwise. Promises: each is one token, and so one
 * finding. Must not know: the layout, the grammar.
 */
import { createToken } from "chevrotain";
import { Literal } from "./number-tokens.ts";

/** `#` to the end of its line. */
export const HashComment = createToken({ name: "HashComment", pattern: /#[^\r\n]*/, group: "foreign" });
/** From slash and star to star and slash, over lines; one that is not closed takes all that follows, so that the text is read once. */
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: (text, offset) => {
    if (!text.startsWith("/*", offset)) return null;
    const close = text.indexOf("*/", offset + 2);
    return [text.slice(offset, close === -1 ? text.length : close + 2)];
  },
  start_chars_hint: ["/"],
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
