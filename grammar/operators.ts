/**
 * Precedence: a row of operands and operators becomes a tree. Promises: linear time; reports comparisons that chain and `and` mixed with
 * `or`. Must not know: types, meaning.
 */
import type { IToken } from "chevrotain";
import type { Binary, BinaryOperator, Expression, NameNode } from "./ast.ts";
import { at, type BuildContext, report, span } from "./build-context.ts";
import { finding, type TextEdit } from "./source/diagnostic.ts";
import { spanning } from "./source/span.ts";
import { foundAt } from "./found.ts";
import { chainedComparison, missingName, missingOperand, mixedAndOr } from "./syntax-errors.ts";

/** `not`s before an operand wrap the comparison that it starts; the operand already has its tight prefixes. */
export type Operand = { readonly nots: readonly IToken[]; readonly value: Expression | undefined };
export type Step = { readonly operator: IToken; readonly operand: Operand | undefined; readonly name: NameNode | undefined };

export const PRECEDENCE: Readonly<Record<BinaryOperator | "is", number>> = {
  implies: 1,
  or: 2,
  and: 3,
  "==": 5,
  "!=": 5,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  in: 5,
  matches: 5,
  is: 5,
  "??": 6,
  "|": 7,
  "+": 8,
  "-": 8,
  "&": 8,
  "..": 9,
};
export const COMPARISON = 5;
const TO_THE_RIGHT = new Set<string>(["implies", "??"]);

type Row = { readonly context: BuildContext; readonly steps: readonly Step[]; next: number };

export function buildOperators(context: BuildContext, first: Operand, steps: readonly Step[]): Expression | undefined {
  return climb({ context, steps, next: 0 }, first, 0);
}

function climb(row: Row, first: Operand, lowest: number): Expression | undefined {
  let left = first.nots.length > 0 ? negation(row, first) : first.value;
  let compared: IToken | undefined;
  for (let step = row.steps[row.next]; step !== undefined; step = row.steps[row.next]) {
    const operator = operatorOf(step.operator);
    const precedence = PRECEDENCE[operator];
    if (precedence < lowest) break;
    row.next++;
    if (precedence === COMPARISON) {
      if (compared !== undefined) chained(row.context, compared, step.operator);
      compared = step.operator;
    }
    left = operator === "is" ? isNode(row.context, left, step) : binary(row, left, operator, step);
  }
  return left;
}

/** `&&` and `||` come as `and` and `or`: the token's type says which, its image what was written. */
function operatorOf(token: IToken): BinaryOperator | "is" {
  return String(token.tokenType.PATTERN) as BinaryOperator | "is";
}

function negation(row: Row, operand: Operand): Expression | undefined {
  let inner = climb(row, { nots: [], value: operand.value }, COMPARISON);
  for (const not of operand.nots.toReversed()) {
    if (inner === undefined) missing(row.context, not);
    else inner = { kind: "unary", operator: "not", operand: inner, span: spanning(at(row.context, not), inner.span) };
  }
  return inner;
}

function binary(row: Row, left: Expression | undefined, operator: BinaryOperator, step: Step): Expression | undefined {
  const { context } = row;
  const precedence = PRECEDENCE[operator];
  const right = step.operand && climb(row, step.operand, TO_THE_RIGHT.has(operator) ? precedence : precedence + 1);
  if (right === undefined) missing(context, step.operator);
  if (left === undefined || right === undefined) return left ?? right;
  const node: Binary = {
    kind: "binary",
    operator,
    operatorSpan: at(context, step.operator),
    left,
    right,
    span: spanning(left.span, right.span),
  };
  if (operator === "or") mixed(context, node);
  return node;
}

function isNode(context: BuildContext, subject: Expression | undefined, step: Step): Expression | undefined {
  const where = at(context, step.operator);
  if (step.name === undefined) report(context, missingName, where, { after: "is", found: foundAt(context.source, where.end) });
  if (subject === undefined || step.name === undefined) return subject;
  return { kind: "is", subject, name: step.name, span: spanning(subject.span, step.name.span) };
}

export function missing(context: BuildContext, operator: IToken): void {
  const where = at(context, operator);
  report(context, missingOperand, where, { operator: operator.image, found: foundAt(context.source, where.end) });
}

function chained(context: BuildContext, first: IToken, second: IToken): void {
  report(context, chainedComparison, at(context, second), { first: first.image, second: second.image }, [
    { span: at(context, first), message: "first comparison" },
  ]);
}

/** One finding for each `or` that has a bare `and` at a side; its fix adds the parentheses that precedence gives. */
function mixed(context: BuildContext, node: Binary): void {
  const bare = [node.left, node.right].filter((side): side is Binary => side.kind === "binary" && side.operator === "and");
  const [first] = bare;
  if (first === undefined) return;
  const edits: TextEdit[] = bare.flatMap((side) => [
    { span: span(context, side.span.start, side.span.start), text: "(" },
    { span: span(context, side.span.end, side.span.end), text: ")" },
  ]);
  const found = finding(mixedAndOr, node.operatorSpan, {}, [{ span: first.operatorSpan, message: "this `and`" }]);
  context.diagnostics.push({ ...found, fixes: [{ title: "add the parentheses", edits }] });
}
