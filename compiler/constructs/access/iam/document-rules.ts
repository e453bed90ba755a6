/**
 * What is said of calls by an IAM document, or by rules that belong together, as rules: a policy without a name, used once. Promises: each
 * statement of a document is a rule with its place in the file.
 */
import type { Block, Statement } from "../../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { PolicyFile } from "../../../model/iam.ts";
import type { Rule, Use } from "../../../model/program.ts";
import { piecesOf, type Piece } from "../../piece.ts";
import { headersRead } from "./headers-read.ts";

/** Rules in GWL's words. */
export function ownRules(block: Block, context: CheckContext, around: Around): readonly (Rule | Use)[] {
  return piecesOf(context.statements(block, "policy", around), "access").flatMap(({ statement }) =>
    statement.kind === "rule" || statement.kind === "use" ? [statement] : [],
  );
}

export function useOf({ span }: Statement, statements: readonly (Rule | Use)[], context: CheckContext): Piece {
  const policy = context.namelessPolicy({ parameters: [], overridable: false, statements, span });
  const site = context.site({ kind: "use", span });
  return { kind: "access", statement: { kind: "use", site, policy, arguments: [] }, span };
}

/** Statements that name callers are asked once the caller is known, all others before. */
export function nativeRules(file: PolicyFile, context: CheckContext): readonly Rule[] {
  const document = context.document({ ...file, isRules: true });
  return file.document.statements.map((_, number) => statementRule(file, number, statementApplies(file, document, number), context));
}

export function statementRule(file: PolicyFile, number: number, when: Expr, context: CheckContext): Rule {
  const { sid, effect = "deny" } = file.document.statements[number] ?? {};
  const span = file.places[number]?.span ?? file.span;
  const because = sid === undefined ? {} : { because: sid };
  const site = context.site({ kind: "rule", span, label: sid ?? `statement ${number + 1}`, ...because });
  return { kind: "rule", site, effect, when, ...because };
}

export function statementApplies(file: PolicyFile, document: number, number: number): Expr {
  const span = file.places[number]?.span ?? file.span;
  const asksCaller = file.asksCaller[number] !== false;
  const type = { kind: "set", element: { kind: "int" } } as const;
  const collection: Expr = { op: "applyingStatements", document, asksCaller, headers: headersRead(file.document), type, span };
  const element: Expr = { op: "const", value: number, type: { kind: "int" }, span };
  return { op: "in", element, collection, type: { kind: "bool" }, span };
}
