/** When a condition of a statement holds: absent keys, sets of values, negation, and each operator's own comparison. */
import type { ConditionKeys, ConditionOperator, PolicyCondition, PolicyDocument } from "../../../runtime/contract/iam.ts";
import { instantOf, isInBlock, numberOf } from "./condition-values.ts";
import { arnParts, fits, readPattern } from "./text-pattern.ts";

type Context = { readonly version: PolicyDocument["version"]; readonly keys: ConditionKeys };

export function conditionHolds(condition: PolicyCondition, context: Context): boolean {
  const { operator, quantifier, ifExists } = condition;
  const values = context.keys(condition.key) ?? [];
  const isAbsent = values.length === 0;
  if (operator === "Null") return condition.values.includes(String(isAbsent));
  const isNegated = operator.includes("Not");
  const matches = (value: string): boolean => condition.values.some((wanted) => compares(operator, value, wanted, context)) !== isNegated;
  if (isAbsent && ifExists) return true;
  // A set of nothing but empty texts is taken for an empty set.
  const isEmpty = values.every((value) => value === "");
  if (quantifier === "all") return isEmpty || values.every(matches);
  if (quantifier === "any") return !isEmpty && values.some(matches);
  if (isAbsent) return isNegated;
  return isNegated ? values.every(matches) : values.some(matches);
}

/** The operator without its `Not`: whether the key's value and the document's fit together. */
function compares(operator: ConditionOperator, value: string, wanted: string, context: Context): boolean {
  switch (operator) {
    case "StringEquals":
    case "StringNotEquals":
      return textFits(value, wanted, false, context);
    case "StringEqualsIgnoreCase":
    case "StringNotEqualsIgnoreCase":
      return textFits(value.toLowerCase(), wanted, false, context, (character) => character.toLowerCase());
    case "StringLike":
    case "StringNotLike":
      return textFits(value, wanted, true, context);
    case "ArnEquals":
    case "ArnLike":
    case "ArnNotEquals":
    case "ArnNotLike":
      return arnFits(value, wanted, context);
    case "NumericEquals":
    case "NumericNotEquals":
      return both(numberOf(value), numberOf(wanted), (a, b) => a === b);
    case "NumericLessThan":
      return both(numberOf(value), numberOf(wanted), (a, b) => a < b);
    case "NumericLessThanEquals":
      return both(numberOf(value), numberOf(wanted), (a, b) => a <= b);
    case "NumericGreaterThan":
      return both(numberOf(value), numberOf(wanted), (a, b) => a > b);
    case "NumericGreaterThanEquals":
      return both(numberOf(value), numberOf(wanted), (a, b) => a >= b);
    case "DateEquals":
    case "DateNotEquals":
      return both(instantOf(value), instantOf(wanted), (a, b) => a === b);
    case "DateLessThan":
      return both(instantOf(value), instantOf(wanted), (a, b) => a < b);
    case "DateLessThanEquals":
      return both(instantOf(value), instantOf(wanted), (a, b) => a <= b);
    case "DateGreaterThan":
      return both(instantOf(value), instantOf(wanted), (a, b) => a > b);
    case "DateGreaterThanEquals":
      return both(instantOf(value), instantOf(wanted), (a, b) => a >= b);
    case "Bool":
    case "BinaryEquals":
      return value === wanted;
    case "IpAddress":
    case "NotIpAddress":
      return isInBlock(value, wanted);
    case "Null":
      return false;
  }
}

function both(a: number | undefined, b: number | undefined, compare: (a: number, b: number) => boolean): boolean {
  return a !== undefined && b !== undefined && compare(a, b);
}

function textFits(
  value: string,
  wanted: string,
  wildcards: boolean,
  context: Context,
  folded: (text: string) => string = (text) => text,
): boolean {
  const pieces = readPattern(wanted, { ...context, wildcards });
  if (pieces === undefined) return false;
  if (wildcards) return fits(pieces, value);
  return folded(pieces.map((piece) => (piece.kind === "character" ? piece.character : "")).join("")) === value;
}

/** Part by part; `*` alone is any ARN. A value that is no ARN fits nothing. */
export function arnFits(value: string, wanted: string, context: Context): boolean {
  const parts = arnParts(value, "2008-10-17");
  if (parts.length !== 6) return false;
  if (wanted === "*") return true;
  const patterns = arnParts(wanted, context.version);
  return (
    patterns.length === 6 &&
    patterns.every((pattern, at) => {
      const pieces = readPattern(pattern, { ...context, wildcards: true });
      return pieces !== undefined && fits(pieces, parts[at] ?? "");
    })
  );
}
