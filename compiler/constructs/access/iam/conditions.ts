/** The `Condition` of a statement: operators with their set forms and `IfExists`, keys, values. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import { CONDITION_OPERATORS, type ConditionOperator, type PolicyCondition } from "../../../../runtime/contract/iam.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { DataEntry, DataNode } from "../../../yaml/data-node.ts";
import { readValues } from "./condition-values.ts";
import { found, type Reading, withoutFix } from "./elements.ts";
import { elementForm, policyName, unknownOperator } from "./iam.diagnostics.ts";

/** `block` is the operator's entry, which may hold more keys than this one. */
export type PlacedCondition = {
  readonly condition: PolicyCondition;
  readonly key: string;
  readonly keySpan: Span;
  readonly block: DataEntry;
};

/** Undefined after a finding. */
export function readConditions(node: DataNode, reading: Reading): readonly PlacedCondition[] | undefined {
  if (node.kind !== "map") {
    reading.report(finding(elementForm, node.span, { element: "Condition", found: found(node), expected: OBJECT }));
    return undefined;
  }
  const read = node.entries.map((block) => readBlock(block, reading));
  const whole = read.filter((conditions) => conditions !== undefined);
  return whole.length === read.length ? whole.flat() : undefined;
}

const OBJECT = 'an object such as `{ "IpAddress": { "aws:SourceIp": ["203.0.113.0/24"] } }`';

function readBlock(block: DataEntry, reading: Reading): readonly PlacedCondition[] | undefined {
  const form = operatorForm(block.key);
  if (form === undefined) {
    const meant = meantOperator(block.key);
    const problem = finding(unknownOperator, block.keySpan, { operator: block.key, meant });
    reading.report(meant === undefined ? withoutFix(problem) : problem);
    return undefined;
  }
  if (block.value.kind !== "map") {
    reading.report(finding(elementForm, block.value.span, { element: block.key, found: found(block.value), expected: OBJECT }));
    return undefined;
  }
  const read = block.value.entries.map(({ key, keySpan, value }): PlacedCondition | undefined => {
    const isKey = /^[A-Za-z0-9.-]+:[^\s*?${}](?:[^\p{Cc}*?${}]*[^\s*?${}])?$/u.test(key);
    if (!isKey) {
      const help = "keys are written `aws:SourceIp` or `aws:PrincipalTag/team`";
      reading.report(
        finding(policyName, keySpan, { element: "condition key", written: key, why: "it has no service before a colon", help }),
      );
    }
    const values = readValues(form.operator, value, reading);
    return isKey && values !== undefined ? { condition: { ...form, key: key.toLowerCase(), values }, key, keySpan, block } : undefined;
  });
  const whole = read.filter((condition) => condition !== undefined);
  return whole.length === read.length ? whole : undefined;
}

type OperatorForm = Pick<PolicyCondition, "operator" | "ifExists" | "quantifier">;

function operatorForm(written: string): OperatorForm | undefined {
  const [, quantifier, name = "", suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  const operator = CONDITION_OPERATORS.find((known) => known === name);
  if (operator === undefined) return undefined;
  if (operator === "Null" && (suffix !== undefined || quantifier !== undefined)) return undefined;
  const ifExists = suffix !== undefined;
  return quantifier === undefined
    ? { operator, ifExists }
    : { operator, ifExists, quantifier: quantifier === "ForAllValues" ? "all" : "any" };
}

function meantOperator(written: string): string | undefined {
  const [, prefix = "", name = "", suffix = ""] = /^(For(?:All|Any)Values?:)?(.*?)(IfExists)?$/i.exec(written) ?? [];
  const operator: ConditionOperator | undefined =
    CONDITION_OPERATORS.find((known) => known.toLowerCase() === name.toLowerCase()) ??
    CONDITION_OPERATORS.find((known) => known === didYouMean(name, CONDITION_OPERATORS));
  if (operator === undefined) return undefined;
  if (operator === "Null") return "Null";
  const set = prefix === "" ? "" : /all/i.test(prefix) ? "ForAllValues:" : "ForAnyValue:";
  return `${set}${operator}${suffix === "" ? "" : "IfExists"}`;
}
