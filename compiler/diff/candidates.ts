/** Values that a part of a call may have so that questions about it come out one way or the other. */
import type { TextsShared } from "../analyze/diff/segment-texts.ts";
import { addressSetOfCidrs } from "../model/address-ranges.ts";
import { lowestAddress } from "../analyze/diff/joint-classes.ts";
import { bareType } from "../model/bare-type.ts";
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { Type, Value } from "../model/types.ts";
import { sampleValue } from "./sample-value.ts";

/** Absent: the part is not there. */
export type Candidate = Value | undefined;

const HOUR = 3_600_000;
const HOURS_OF_WEEK = 168;

/** `questions`: those that read it. The plainest first. */
export function candidatesFor(
  leaf: Expr,
  questions: readonly Expr[],
  usual: number,
  shared: TextsShared,
  blocksOf: (network: string) => readonly string[],
): readonly Candidate[] {
  const constants = questions.flatMap((question) => constantsIn(question, shared, blocksOf));
  const type = bareType(leaf.type);
  if (leaf.op === "now") return [usual, ...Array.from({ length: HOURS_OF_WEEK }, (_, at) => usual + at * HOUR), ...numbersNear(constants)];
  if (leaf.op === "headers" || leaf.op === "queries") return lists(constants.filter(isText));
  const mayLack = leaf.type.kind === "optional" || leaf.op === "header" || leaf.op === "query";
  const usualValue = sampleValue(type, shared);
  // Where a guard took the optional away, the part may still be absent: that is tried last.
  return distinct([
    ...(mayLack ? [undefined] : []),
    ...(usualValue === undefined ? [] : [usualValue]),
    ...ofType(type, constants, shared),
    undefined,
  ]);
}

function ofType(type: Type, constants: readonly Value[], shared: TextsShared): readonly Candidate[] {
  switch (type.kind) {
    case "bool":
      return [true, false];
    case "literals":
      return type.values;
    case "set":
    case "list": {
      const element = bareType(type.element);
      const samples = [0, 1, 2, 3].flatMap((number) => sampleValue(element, shared, number) ?? []);
      return lists([...constants.flatMap((value) => (Array.isArray(value) ? value : [value])).filter(fits(element)), ...samples]);
    }
    case "int":
    case "decimal": {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, kind } = type;
      return numbersNear(constants).filter((number) => number >= min && number <= max && (kind === "decimal" || Number.isInteger(number)));
    }
    case "time":
    case "duration":
    case "timeOfDay":
    case "size":
    case "percent":
    case "status":
      return numbersNear(constants);
    case "string":
      return textsNear(constants);
    default:
      return constants.filter(fits(type));
  }
}

function fits(type: Type): (value: Value) => boolean {
  const isNumber = ["int", "decimal", "time", "duration", "timeOfDay", "size", "percent", "status"].includes(type.kind);
  if (type.kind === "literals") return (value) => type.values.some((one) => one === value);
  if (type.kind === "bool") return (value) => typeof value === "boolean";
  return (value) => typeof value === (isNumber ? "number" : "string");
}

const isText = (value: Value): value is string => typeof value === "string";

function numbersNear(constants: readonly Value[]): readonly number[] {
  const numbers = constants.filter((value) => typeof value === "number").toSorted((a, b) => a - b);
  return [
    ...numbers,
    ...numbers.flatMap((value) => [value - 1, value + 1]),
    ...numbers.slice(1).map((value, at) => ((numbers[at] ?? value) + value) / 2),
  ];
}

function textsNear(constants: readonly Value[]): readonly string[] {
  const texts = constants.filter(isText);
  const sizes = constants.filter((value) => typeof value === "number");
  const joined = texts.flatMap((left) => texts.flatMap((right) => (left === right ? [] : [`${left}${right}`])));
  return [
    ...texts,
    ...texts.flatMap((text) => [`${text}x`, `x${text}`, text.toUpperCase()]),
    ...sizes.flatMap((size) =>
      [size - 1, size, size + 1].flatMap((length) => (length >= 0 && length < MOST_LETTERS ? ["x".repeat(length)] : [])),
    ),
    ...joined.slice(0, MOST_JOINED),
    "",
  ];
}

const MOST_LETTERS = 300;
const MOST_JOINED = 40;
const MOST_TOGETHER = 5;

/** Each alone, all, the first few in any combination. */
function lists(values: readonly Value[]): readonly Candidate[] {
  const some = distinct(values).filter((value) => value !== undefined);
  const first = some.slice(0, MOST_TOGETHER);
  const combined = first.reduce<readonly (readonly Value[])[]>((found, one) => [...found, ...found.map((rest) => [...rest, one])], [[]]);
  return distinct([...combined, ...some.map((one) => [one]), some]);
}

function distinct(values: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function constantsIn(expr: Expr, shared: TextsShared, blocksOf: (network: string) => readonly string[]): readonly Value[] {
  const inside = childrenOf(expr).flatMap((child) => constantsIn(child, shared, blocksOf));
  switch (expr.op) {
    case "const":
      return Array.isArray(expr.value) ? [expr.value, ...(expr.value as readonly Value[])] : [expr.value];
    case "matches": {
      const found = shared({ kind: "string", pattern: expr.pattern }, { kind: "string", pattern: expr.pattern });
      return found.kind === "text" ? [...inside, found.text] : inside;
    }
    case "network":
      return [lowestAddress(addressSetOfCidrs(blocksOf(expr.name))) ?? "192.0.2.1"];
    default:
      return inside;
  }
}
