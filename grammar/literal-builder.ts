/** Literal tokens to literal nodes. Promises: escapes are decoded, all else is kept as written. Must not know: what values are good. */
import type { IToken, TokenType } from "chevrotain";
import type { Literal, LiteralKind, TextNode } from "./ast.ts";
import { at, type BuildContext, note, report, span } from "./build-context.ts";
import { BarePattern, FlaggedRegex, ForeignText } from "./foreign-tokens.ts";
import { barePattern, foreignText, malformedNumber, patternFlags, unclosedText, unknownEscape } from "./lexical-errors.ts";
import * as n from "./number-tokens.ts";
import * as t from "./tokens.ts";

const KINDS = new Map<TokenType, LiteralKind>([
  [n.Int, "int"],
  [n.Decimal, "decimal"],
  [n.Duration, "duration"],
  [n.Rate, "rate"],
  [n.Size, "size"],
  [n.Percent, "percent"],
  [n.TimeOfDay, "timeOfDay"],
  [n.Time, "time"],
  [n.Ip4, "ip"],
  [n.Ip6, "ip"],
  [n.Cidr4, "cidr"],
  [n.Cidr6, "cidr"],
  [t.Regex, "regex"],
  [t.True, "bool"],
  [t.False, "bool"],
]);

/** Undefined for what is no literal at all; that has been reported. */
export function buildLiteral(context: BuildContext, token: IToken): Literal | undefined {
  if (token.tokenType === t.Text || token.tokenType === t.UnclosedText) return buildText(context, token);
  if (isForeign(token.tokenType)) return foreign(context, token);
  const kind = KINDS.get(token.tokenType);
  if (kind === undefined) {
    report(context, malformedNumber, at(context, token), { written: token.image.slice(0, 40), help: unitHelp(token.image) });
    return undefined;
  }
  return { kind, text: kind === "regex" ? token.image.slice(1, -1) : token.image, span: at(context, token) };
}

export function buildText(context: BuildContext, token: IToken): TextNode {
  const closed = token.tokenType === t.Text;
  if (!closed) note(context, unclosedText, at(context, token), {});
  if (!closed) context.quiet = true;
  return { kind: "text", value: decode(context, token, token.image.slice(1, closed ? -1 : undefined)), span: at(context, token) };
}

const isForeign = (type: TokenType): boolean => type === ForeignText || type === FlaggedRegex || type === BarePattern;

/** What other languages write; taken for what is meant, where that is plain. */
function foreign(context: BuildContext, token: IToken): Literal {
  const where = at(context, token);
  const { image, tokenType } = token;
  if (tokenType === ForeignText) {
    report(context, foreignText, where, { text: image.slice(1, -1) });
    return { kind: "text", value: image.slice(1, -1), span: where };
  }
  const end = image.lastIndexOf("/");
  if (tokenType === BarePattern) report(context, barePattern, where, {});
  else report(context, patternFlags, { ...where, start: where.start + end + 1 }, { behind: image.slice(end + 1) });
  return { kind: "regex", text: tokenType === BarePattern ? image : image.slice(1, end), span: where };
}

const ESCAPE = /\\(?:u\{([0-9A-Fa-f]{1,6})\}|([^]))/gu;
const PLAIN: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", t: "\t" };

function decode(context: BuildContext, token: IToken, inner: string): string {
  if (!inner.includes("\\")) return inner;
  return inner.replace(ESCAPE, (written: string, hex: string | undefined, plain: string | undefined, offset: number) => {
    const decoded = hex === undefined ? PLAIN[plain ?? ""] : codePoint(Number.parseInt(hex, 16));
    if (decoded !== undefined) return decoded;
    const start = token.startOffset + 1 + offset;
    note(context, unknownEscape, span(context, start, start + written.length), { written });
    return written;
  });
}

const codePoint = (point: number): string | undefined =>
  point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? undefined : String.fromCodePoint(point);

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/__|_$|_[A-Za-z]/, "digits are grouped by single `_` between them, as in `5_000_000`"],
  [/[0-9][a-z]+[0-9]/i, "a duration has one unit: `90m`, not `1h30m`"],
  [/^[0-9.]+(?:sec|secs|second|seconds)$/i, "seconds are written `30s`"],
  [/^[0-9.]+(?:min|mins|minute|minutes)$/i, "minutes are written `5m`"],
  [/^[0-9.]+(?:hr|hrs|hour|hours)$/i, "hours are written `1h`"],
  [/^[0-9.]+(?:day|days)$/i, "days are written `7d`"],
  [/^[0-9.]+(?:k|kb|kib)$/i, "sizes count by 1024: `16KiB`"],
  [/^[0-9.]+(?:mb|mib)$/i, "sizes count by 1024: `1MiB`"],
  [/^[0-9.]+(?:g|gb|gib)$/i, "sizes count by 1024: `1GiB`"],
];

function unitHelp(written: string): string {
  const known = UNITS.find(([pattern]) => pattern.test(written));
  return (
    known?.[1] ??
    "units are `ms s m h d` for durations, `B KiB MiB GiB` for sizes, `%`, and `/s` and the like for rates; names start with a letter"
  );
}
