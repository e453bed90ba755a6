/** What a statement says that its author seldom meant. Promises: warnings only; where one right edit exists, it is offered. */
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { NamedPrincipal } from "../../../../runtime/contract/iam.ts";
import type { PlacedCondition } from "./conditions.ts";
import type { Reading } from "./elements.ts";
import {
  absentKey,
  boolMisses,
  forAllValuesAllows,
  negatedOnAbsentKey,
  notPrincipalForgetsAccount,
  plainOperatorOnSet,
} from "./iam.diagnostics.ts";
import { isAlwaysThere, isKnownKey, isSetKey } from "./condition-keys.ts";

export function warnOfConditions(
  effect: "allow" | "deny",
  conditions: readonly PlacedCondition[],
  condition: Span,
  { kind, report }: Reading,
): void {
  const required = new Set(
    conditions
      .filter((one) => one.condition.operator === "Null" && one.condition.values.every((value) => value === "false"))
      .map((one) => one.condition.key),
  );
  for (const placed of conditions) {
    const { operator, ifExists, quantifier, key: name, values } = placed.condition;
    const { key, keySpan, block } = placed;
    if (operator === "Null") continue;
    const isNegated = operator.includes("Not");
    if (kind !== "identity" && !isKnownKey(name)) {
      const holds = ifExists || quantifier === "all" || (isNegated && quantifier !== "any");
      report(finding(absentKey, keySpan, { key, effect: holds ? "this condition is always true" : "this condition is never true" }));
      continue;
    }
    if (quantifier === undefined && isSetKey(name)) report(finding(plainOperatorOnSet, block.keySpan, { operator: block.key, key }));
    if (effect === "allow" && !required.has(name) && !isAlwaysThere(name)) {
      if (quantifier === "all" && !ifExists) report(withNull(finding(forAllValuesAllows, block.keySpan, { key }), key, condition));
      else if (quantifier === undefined && isNegated)
        report(withNull(finding(negatedOnAbsentKey, block.keySpan, { operator: block.key, key }), key, condition));
    }
    if (effect === "deny" && operator === "Bool" && !ifExists && name === "aws:multifactorauthpresent" && values.includes("false")) {
      const problem = finding(boolMisses, block.keySpan, { key });
      const isAlone = block.value.kind === "map" && block.value.entries.length === 1;
      report(isAlone ? problem : { ...problem, fixes: [] });
    }
  }
}

/** `NotPrincipal` with a user, role or session whose account is not listed beside it. */
export function warnOfNotPrincipal(principals: readonly NamedPrincipal[], span: Span, { report }: Reading): void {
  const accounts = new Set(principals.flatMap((principal) => (principal.kind === "account" ? [principal.account] : [])));
  const named = new Set(principals.flatMap((principal) => (principal.kind === "arn" ? [principal.arn.split(":")[4] ?? ""] : [])));
  for (const account of named) if (!accounts.has(account)) report(finding(notPrincipalForgetsAccount, span, { account }));
}

/** Puts the requirement before all other conditions. */
function withNull(problem: Diagnostic, key: string, condition: Span): Diagnostic {
  const place = { ...condition, start: condition.start + 1, end: condition.start + 1 };
  const text = ` "Null": { ${JSON.stringify(key)}: "false" },`;
  return { ...problem, fixes: [{ title: `require \`${key}\``, edits: [{ span: place, text }] }] };
}
