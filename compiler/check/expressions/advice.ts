/** The next step after two types did not go together. */
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { parseAddress } from "../../model/address-text.ts";
import { baseOf } from "../types/built-in-types.ts";
import { shortType } from "../types/print-type.ts";
import { METHODS } from "./methods-of-http.ts";
import { hasText } from "./text-types.ts";

const CONVERSION = "nothing is converted by itself: compare values of one type";

export function comparisonAdvice(left: Expr, right: Expr): string {
  if (left.type.kind === "newtype" && right.type.kind === "newtype")
    return `\`${left.type.name}\` and \`${right.type.name}\` are declared as different types, so that they are not mixed up`;
  const [first, second] = left.op === "const" ? [left, right] : [right, left];
  return (
    wholeAdvice(left.type, right.type) ??
    wholeAdvice(right.type, left.type) ??
    mismatchAdvice(first, second.type) ??
    mismatchAdvice(second, first.type) ??
    CONVERSION
  );
}

/** For values with parts, which are not compared as a whole; undefined where `type` is none. */
function wholeAdvice(type: Type, other: Type): string | undefined {
  switch (baseOf(type).kind) {
    case "network":
      return "whether an address lies in a network is asked with `in`, as in `client.ip in office`; networks are joined with `+`, as in `office + vpn`";
    case "record":
    case "map":
      return "records are compared field by field, as in `x.name == y.name`";
    case "range":
      return "whether a value lies in a range is asked with `in`, as in `x in 1..5`";
    case "list":
    case "set":
      return ["list", "set"].includes(baseOf(other).kind)
        ? "only collections of scalars of one type are compared as a whole"
        : "whether a collection holds a value is asked with `in`, as in `name in principal.groups`";
    default:
      return undefined;
  }
}

/** What to write instead of `found`, where `expected` is wanted; undefined where nothing special is known. */
export function mismatchAdvice(found: Expr, expected: Type): string | undefined {
  const wanted = baseOf(expected.kind === "optional" ? expected.type : expected);
  const given = baseOf(found.type);
  if (found.op === "const" && typeof found.value === "string" && given.kind === "string") return quotedAdvice(found.value, wanted);
  if (wanted.kind === "network" && given.kind === "ip") {
    const address = found.op === "const" ? String(found.value) : "203.0.113.5";
    return `a network of one address is written \`${address}/${address.includes(":") ? 128 : 32}\``;
  }
  if (wanted.kind === "string" && hasText(found.type)) return "make a text of it with `.text()`";
  if (expected.kind === "newtype" && given.kind === wanted.kind)
    return `\`${expected.name}\` is a type of its own: give the value this type where it is declared, as in \`name: ${expected.name}\``;
  if ((wanted.kind === "int" || wanted.kind === "string") && given.kind === wanted.kind)
    return `not every \`${shortType(found.type)}\` is in \`${shortType(expected)}\`; narrow the type where the value is declared`;
  return undefined;
}

function quotedAdvice(text: string, wanted: Type): string | undefined {
  if (wanted.kind === "ip" && parseAddress(text) !== undefined) return `addresses are written without quotes: \`${text}\``;
  if (wanted.kind === "network") return "networks are written without quotes: `203.0.113.0/24`";
  if (wanted.kind === "method" && METHODS.includes(text.toUpperCase()))
    return `methods are written without quotes: \`${text.toUpperCase()}\``;
  if (wanted.kind === "int" || wanted.kind === "decimal" || wanted.kind === "bool") return "leave the quotes out: texts are not converted";
  if (["duration", "size", "rate", "percent", "time", "timeOfDay"].includes(wanted.kind))
    return "write it without quotes: expressions, durations and sizes are not hidden in texts";
  return undefined;
}
