/** How a diagram of atoms is best asked at its root: one question, or the value of an attribute. Knows no rules. */
import { FALSE, TRUE } from "../model/boolean-diagram.ts";
import type { Expr } from "../model/expression.ts";
import type { ConditionDiagrams } from "./condition-diagrams.ts";
import { membership, type Scalar } from "./make-atoms.ts";

export type ResidualForm =
  | { readonly kind: "nothing" }
  | { readonly kind: "collect" }
  | { readonly kind: "test"; readonly question: Expr; readonly high: number; readonly low: number }
  /** What holds is `high` where the subject has (contains) the value, and beside all of these `rest`. */
  | {
      readonly kind: "values";
      readonly attribute: string;
      readonly subject: Expr;
      readonly isCollection: boolean;
      readonly values: readonly AskedValue[];
      readonly rest: number;
    };
export type AskedValue = { readonly value: Scalar; readonly question: Expr; readonly high: number };

export function residualForm(f: number, conditions: ConditionDiagrams): ResidualForm {
  const root = conditions.diagram.root(f);
  if (root === undefined) return { kind: f === TRUE ? "collect" : "nothing" };
  const { high, low } = root;
  const { body, predicate } = conditions.atomOf(root.variable);
  switch (body.kind) {
    case "equals":
      return chainForm(f, body.attribute, body.subject, conditions);
    case "contains":
      // Where `high` holds for certain, what else `low` would find there is the same rule again.
      if (low !== FALSE && high !== TRUE) break;
      return { ...body, kind: "values", isCollection: true, values: [{ value: body.value, question: predicate, high }], rest: low };
    case "oneOf":
      if (low !== FALSE) break;
      return {
        ...body,
        kind: "values",
        isCollection: false,
        values: body.values.map((value) => ({ value, question: predicate, high })),
        rest: FALSE,
      };
    case "network":
    case "identity":
    case "other":
  }
  return { kind: "test", question: predicate, high, low };
}

/** Tests for values of one scalar, one after the other. */
function chainForm(f: number, attribute: string, subject: Expr, { diagram, atomOf }: ConditionDiagrams): ResidualForm {
  const values: AskedValue[] = [];
  const some: number[] = [];
  let low = f;
  for (let root = diagram.root(low); root !== undefined; root = diagram.root(low)) {
    const { body, predicate } = atomOf(root.variable);
    if (body.kind !== "equals" || body.attribute !== attribute) break;
    values.push({ value: body.value, question: predicate, high: root.high });
    some.push(diagram.variable(root.variable));
    low = root.low;
  }
  const [first] = values;
  if (low === FALSE) return { kind: "values", attribute, subject, isCollection: false, values, rest: FALSE };
  if (first === undefined || values.length === 1)
    return { kind: "test", question: first?.question ?? subject, high: first?.high ?? f, low };
  const question = membership(
    subject,
    values.map(({ value }) => value),
    first.question,
  );
  const isOne = values.every(({ high }) => high === first.high);
  return { kind: "test", question, high: isOne ? first.high : diagram.and(f, some.reduceRight(diagram.or, FALSE)), low };
}
