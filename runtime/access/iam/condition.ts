/**
 * A condition of a statement made ready: its values read once, so that asking costs a comparison, a look into a set or a
 * walk down a tree. Promises: what cannot be read compares with nothing.
 */
import type { ConditionKeys, ConditionOperator, PolicyCondition, PolicyDocument } from "../../contract/iam.ts";
import { parseAddress } from "../../kernel/ip.ts";
import { addressTree, readBlock } from "./address-tree.ts";
import { arnMatches, readArnPattern } from "./arn-pattern.ts";
import { globMatches } from "./glob.ts";
import { instantIn, numberIn } from "./scalar-text.ts";
import { globFor, readTemplate, type Template } from "./template.ts";

export type Condition = (keys: ConditionKeys) => boolean;
/** Whether one value of the key fits one of the document's. */
type Matches = (value: string, keys: ConditionKeys) => boolean;
type Version = PolicyDocument["version"];

export function prepareCondition(condition: PolicyCondition, version: Version): Condition {
  const { key, operator, quantifier, ifExists, values } = condition;
  if (operator === "Null") {
    const ifAbsent = values.includes("true");
    const ifPresent = values.includes("false");
    return (keys) => (isAbsent(keys(key)) ? ifAbsent : ifPresent);
  }
  const matches = matcherOf(operator, values, version);
  const isNegated = NEGATED.has(operator);
  const absent = ifExists || quantifier === "all" || (quantifier === undefined && isNegated);
  if (quantifier === undefined) {
    return (keys) => {
      const found = keys(key);
      return found === undefined || found.length === 0 ? absent : someMatches(found, matches, keys) !== isNegated;
    };
  }
  return (keys) => {
    const found = keys(key);
    if (found === undefined || found.length === 0) return absent;
    if (isEmptyText(found)) return quantifier === "all";
    for (const value of found) if ((matches(value, keys) !== isNegated) === (quantifier === "any")) return quantifier === "any";
    return quantifier === "all";
  };
}

const NEGATED: ReadonlySet<ConditionOperator> = new Set([
  "StringNotEquals",
  "StringNotEqualsIgnoreCase",
  "StringNotLike",
  "NumericNotEquals",
  "DateNotEquals",
  "NotIpAddress",
  "ArnNotEquals",
  "ArnNotLike",
]);

function isAbsent(values: readonly string[] | undefined): boolean {
  return values === undefined || values.length === 0;
}

function isEmptyText(values: readonly string[]): boolean {
  for (const value of values) if (value !== "") return false;
  return true;
}

function someMatches(values: readonly string[], matches: Matches, keys: ConditionKeys): boolean {
  for (const value of values) if (matches(value, keys)) return true;
  return false;
}

function matcherOf(operator: ConditionOperator, values: readonly string[], version: Version): Matches {
  switch (operator) {
    case "StringEquals":
    case "StringNotEquals":
      return equalTexts(values, version, (text) => text);
    case "StringEqualsIgnoreCase":
    case "StringNotEqualsIgnoreCase":
      return equalTexts(values, version, (text) => text.toLowerCase());
    case "StringLike":
    case "StringNotLike":
      return likeTexts(values, version);
    case "ArnEquals":
    case "ArnLike":
    case "ArnNotEquals":
    case "ArnNotLike":
      return likeArns(values, version);
    case "NumericEquals":
    case "NumericNotEquals":
      return equalScalars(values, numberIn);
    case "DateEquals":
    case "DateNotEquals":
      return equalScalars(values, instantIn);
    case "NumericLessThan":
      return below(values, numberIn);
    case "NumericLessThanEquals":
      return atMost(values, numberIn);
    case "NumericGreaterThan":
      return above(values, numberIn);
    case "NumericGreaterThanEquals":
      return atLeast(values, numberIn);
    case "DateLessThan":
      return below(values, instantIn);
    case "DateLessThanEquals":
      return atMost(values, instantIn);
    case "DateGreaterThan":
      return above(values, instantIn);
    case "DateGreaterThanEquals":
      return atLeast(values, instantIn);
    case "IpAddress":
    case "NotIpAddress":
      return inBlocks(values);
    case "Bool":
    case "BinaryEquals": {
      const known = new Set(values);
      return (value) => known.has(value);
    }
    case "Null":
      return () => false;
  }
}

function equalTexts(values: readonly string[], version: Version, folded: (text: string) => string): Matches {
  const templates = values.map((value) => readTemplate(value, version, false));
  const fixed = new Set(templates.flatMap((template) => (template.fixed?.literal === undefined ? [] : [folded(template.fixed.literal)])));
  const open = templates.filter(({ fixed: known }) => known === undefined);
  if (open.length === 0) return (value) => fixed.has(folded(value));
  return (value, keys) => {
    const wanted = folded(value);
    if (fixed.has(wanted)) return true;
    for (const template of open) {
      const text = globFor(template, keys)?.literal;
      if (text !== undefined && folded(text) === wanted) return true;
    }
    return false;
  };
}

function likeTexts(values: readonly string[], version: Version): Matches {
  const templates: readonly Template[] = values.map((value) => readTemplate(value, version, true));
  return (value, keys) => {
    for (const template of templates) {
      const glob = globFor(template, keys);
      if (glob !== undefined && globMatches(glob, value, 0, value.length)) return true;
    }
    return false;
  };
}

function likeArns(values: readonly string[], version: Version): Matches {
  const patterns = values.map((value) => readArnPattern(value, version));
  return (value, keys) => {
    for (const pattern of patterns) if (arnMatches(pattern, value, keys) === true) return true;
    return false;
  };
}

type Reader = (text: string) => number;

function equalScalars(values: readonly string[], read: Reader): Matches {
  const known = new Set(values.map(read).filter((value) => !Number.isNaN(value)));
  return (value) => known.has(read(value));
}

/** One of the values is enough, so the largest decides; NaN compares with nothing. */
function below(values: readonly string[], read: Reader): Matches {
  const largest = Math.max(...readable(values, read));
  return (value) => read(value) < largest;
}
function atMost(values: readonly string[], read: Reader): Matches {
  const largest = Math.max(...readable(values, read));
  return (value) => read(value) <= largest;
}
function above(values: readonly string[], read: Reader): Matches {
  const least = Math.min(...readable(values, read));
  return (value) => read(value) > least;
}
function atLeast(values: readonly string[], read: Reader): Matches {
  const least = Math.min(...readable(values, read));
  return (value) => read(value) >= least;
}

function readable(values: readonly string[], read: Reader): readonly number[] {
  return values.map(read).filter((value) => !Number.isNaN(value));
}

function inBlocks(values: readonly string[]): Matches {
  const blocks = values.flatMap((text) => readBlock(text) ?? []);
  const [only] = blocks;
  if (blocks.length === 1 && only?.address.family === 4) return inBlock(only.address.value, only.prefix);
  const tree = addressTree();
  for (const block of blocks) tree.add(block, 0);
  return (value) => {
    const address = parseAddress(value);
    return address !== undefined && tree.holds(address);
  };
}

/** The usual condition has one: two numbers are closer at hand than a tree. */
function inBlock(start: number, prefix: number): Matches {
  const mask = prefix === 0 ? 0 : -1 << (32 - prefix);
  const wanted = start & mask;
  return (value) => {
    const address = parseAddress(value);
    return address?.family === 4 && (address.value & mask) === wanted;
  };
}
