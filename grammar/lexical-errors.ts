/** GWL10xx and GWL11xx: limits, and text that is no word, mark or literal of the language. */
import { defineError } from "./source/diagnostic.ts";
import { LIMITS } from "./limits.ts";

const count = (n: number): string => n.toLocaleString("en-US");

export const fileTooLarge = defineError<{ size: number }>({
  code: "GWL1001",
  name: "file-too-large",
  message: (h) => `the file has ${count(h.size)} characters; at most ${count(LIMITS.file)} are read`,
  help: () => 'keep long lists in files of their own: `network blocked from "blocked.txt"`',
});
export const tooManyTokens = defineError({
  code: "GWL1002",
  name: "too-many-tokens",
  message: () => `the file has more than ${count(LIMITS.tokens)} words and marks`,
  help: () => "split it into several files and `import` them",
});
export const literalTooLong = defineError<{ size: number }>({
  code: "GWL1003",
  name: "literal-too-long",
  message: (h) => `this has ${count(h.size)} characters; at most ${count(LIMITS.literal)} are allowed in one literal or name`,
  help: () => "keep long texts in a file of their own",
});
export const nestedTooDeep = defineError({
  code: "GWL1004",
  name: "nested-too-deep",
  message: () => `this is nested more than ${LIMITS.depth} levels deep`,
  help: () => "move the inner part into a declaration of its own and use its name here",
});
export const expressionTooLong = defineError({
  code: "GWL1005",
  name: "expression-too-long",
  message: () => `this expression has more than ${count(LIMITS.operators)} operators, calls and dots`,
  help: () => "split it into several `let` declarations or policies",
});

const INSTEAD: Readonly<Record<string, string>> = {
  ";": "statements end at the end of the line or with a comma; leave the `;` away",
  "'": 'text stands in double quotes: `"..."`',
  "`": 'text stands in double quotes: `"..."`',
  "*": "there is no multiplication and no wildcard: names are written out",
  "/": 'a path stands in double quotes, as in `"/orders"`; a pattern `/.../` is closed on its line, and comments start with `//`',
  $: "there are no templates in texts; use the name as it is",
  "@": "names have letters, digits and `_`",
  "\\": "statements are continued by a next line that begins with `and`, `or`, `??`, `->` or `because`",
};

export const unexpectedCharacter = defineError<{ written: string }>({
  code: "GWL1101",
  name: "unexpected-character",
  message: (h) => `${visible(h.written)} has no meaning here`,
  help: (h) =>
    INSTEAD[h.written.slice(0, 2)] ??
    INSTEAD[h.written[0] ?? ""] ??
    "only text in quotes and comments may have characters beyond letters, digits and marks",
});
export const unclosedText = defineError({
  code: "GWL1102",
  role: "tears",
  name: "unclosed-text",
  message: () => "this text is not closed",
  label: () => "starts here",
  help: () => 'close it with `"` on the same line; a line break inside a text is written `\\n`',
});
export const unknownEscape = defineError<{ written: string }>({
  code: "GWL1103",
  name: "unknown-escape",
  message: (h) => `${visible(h.written)} is no escape`,
  help: () => 'the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{1F600}`',
});
export const malformedNumber = defineError<{ written: string; help: string }>({
  code: "GWL1104",
  name: "malformed-number",
  message: (h) => `\`${h.written}\` is no number, and its ending is no known unit`,
  help: (h) => h.help,
});
export const foreignComment = defineError<{ written: string }>({
  code: "GWL1105",
  name: "foreign-comment",
  message: (h) => `\`${h.written}\` starts no comment`,
  help: () => "comments start with `//` and end with their line",
  replacement: (h) => ({ title: "write `//`", text: h.written === "#" ? "//" : h.written }),
});
export const foreignText = defineError<{ text: string }>({
  code: "GWL1106",
  name: "foreign-text",
  message: () => "text stands in double quotes",
  help: (h) =>
    h.text.includes("${")
      ? 'there are no templates in texts: join the parts, as in `concat("item ", path)`'
      : /["\\]/.test(h.text)
        ? 'write `"` around it, and `\\"` for a `"` inside'
        : `write \`"${h.text.slice(0, 40)}"\``,
});
export const barePattern = defineError({
  code: "GWL1107",
  name: "pattern-without-slashes",
  message: () => "a pattern stands between slashes",
  help: () => "as in `String matches /^[a-z]+$/`; a `/` inside is written `\\/`",
});
export const patternFlags = defineError<{ behind: string }>({
  code: "GWL1108",
  name: "pattern-with-flags",
  message: (h) => `nothing stands right behind a pattern, and here stands \`${h.behind.slice(0, 40)}\``,
  help: (h) =>
    /^[dgimsuvy]+$/.test(h.behind)
      ? "patterns have no flags: a letter in either case is written `[Aa]`, a line break `\\n`"
      : 'a path or a text stands in double quotes, as in `"/orders/open"`',
});

/** User text as it may be shown: control and format characters by number, long text cut. */
function visible(written: string): string {
  const points = [...written].slice(0, 12);
  const shown = points.map((c) =>
    /[\p{C}\p{Z}]/u.test(c) ? `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}` : c,
  );
  const plain = shown.every((c, i) => c === points[i]);
  return `\`${shown.join(plain ? "" : " ")}${points.length < [...written].length ? "..." : ""}\``;
}
