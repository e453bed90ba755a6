/**
 * Literals that start with a digit (or are IPv6): one pattern a kind. Promises: whatever starts with a digit is one token, wrong ones as
 * `Malformed`. Must not know: whether the value is a good one (`203.0.113.7/24`, `25:61`): that is the checker's.
 */
import { createToken, Lexer, type TokenType } from "chevrotain";

export const Literal = createToken({ name: "Literal", pattern: Lexer.NA });
/** Literals made of digits: after one `matches` is a word, before one `-` is a sign. */
export const Num = createToken({ name: "Num", pattern: Lexer.NA });

const HEX = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f", "A", "B", "C", "D", "E", "F"];
const literal = (name: string, pattern: RegExp, hints?: string[]): TokenType =>
  createToken({ name, pattern, categories: [Literal, Num], ...(hints ? { start_chars_hint: hints, line_breaks: false } : {}) });

/** An IPv6 address has `::` or seven colons, else `a: b` would be one. Zones are taken in so that the checker can refuse them by name. */
const IPV6 = String.raw`(?=[0-9A-Fa-f:]*::|(?:[0-9A-Fa-f]+:){7})[0-9A-Fa-f:]+(?:\.[0-9]+){0,3}(?:%[A-Za-z0-9]+)?`;
const NOT_LONGER = String.raw`(?![A-Za-z0-9_])`;
const COUNT = String.raw`[0-9]+(?:_[0-9]+)*`;
const FRACTION = String.raw`(?:\.[0-9]+)?`;

export const Cidr6 = literal("Cidr6", new RegExp(`${IPV6}/[0-9]+${NOT_LONGER}`), [...HEX, ":"]);
export const Ip6 = literal("Ip6", new RegExp(`${IPV6}${NOT_LONGER}`), [...HEX, ":"]);
export const Time = literal(
  "Time",
  new RegExp(
    String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?${NOT_LONGER}`,
  ),
);
/** Shorthand such as `10.1/16` and netmasks are CIDR literals as well, for the checker to refuse; so are addresses with `*`. */
export const Cidr4 = literal("Cidr4", new RegExp(String.raw`[0-9]+(?:\.[0-9]+)*/[0-9]+(?:\.[0-9]+){0,3}${NOT_LONGER}`));
export const Ip4 = literal("Ip4", new RegExp(String.raw`[0-9]+(?:(?:\.[0-9]+)*(?:\.\*)+|(?:\.[0-9]+){2,}${NOT_LONGER})`));
export const TimeOfDay = literal("TimeOfDay", new RegExp(String.raw`[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?${NOT_LONGER}`));
export const Rate = literal("Rate", new RegExp(`${COUNT}${FRACTION}/[A-Za-z]+${NOT_LONGER}`));
export const Percent = literal("Percent", new RegExp(`${COUNT}${FRACTION}%`));
export const Size = literal("Size", new RegExp(`${COUNT}${FRACTION}(?:B|KiB|MiB|GiB|TiB)${NOT_LONGER}`));
export const Duration = literal("Duration", new RegExp(`${COUNT}${FRACTION}(?:ms|s|m|h|d)${NOT_LONGER}`));
export const Decimal = literal("Decimal", new RegExp(String.raw`${COUNT}\.[0-9]+${NOT_LONGER}`));
export const Int = literal("Int", new RegExp(`${COUNT}${NOT_LONGER}`));
/** Anything else with a digit in front: `5mb`, `1__0`, `3x`. */
export const Malformed = literal("Malformed", /[0-9][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*/);

export const numberTokens: TokenType[] = [Cidr6, Ip6, Time, Cidr4, Ip4, TimeOfDay, Rate, Percent, Size, Duration, Decimal, Int, Malformed];
