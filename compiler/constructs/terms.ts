/** Terms of a phrase in the user's words. Knows no constructs. */
import type { Block, Expression, Term } from "../../grammar/ast.ts";

/** Whether a term is an expression and not a block or mark. */
export function isExpression(term: Term | undefined): term is Expression {
  return term !== undefined && term.kind !== "block" && term.kind !== "mark";
}

export function isBlock(term: Term | undefined): term is Block {
  return term?.kind === "block";
}

/** The word at the start of a term: a lone name, or a name that is called. */
export function leadingName(term: Term | undefined): Extract<Expression, { kind: "name" }> | undefined {
  if (term?.kind === "name") return term;
  return term?.kind === "call" && term.callee.kind === "name" ? term.callee : undefined;
}

/** What a message says that it found: the written text if it is short, else what sort of thing it is. */
export function foundTerm(term: Term | undefined, written: string): string {
  if (term === undefined) return "the end of the line";
  if (term.kind === "block") return "`{`";
  return written.length <= 40 ? `\`${written}\`` : "an expression";
}
