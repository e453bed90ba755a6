/** The grammar room's door: text <-> syntax tree. */
export type * from "./ast.ts";
export { LITERAL_KINDS } from "./ast.ts";
export { LIMITS } from "./limits.ts";
export { parseSource } from "./parse.ts";
export { printFile } from "./printer.ts";
export {
  defineError,
  defineNote,
  defineWarning,
  type Diagnostic,
  type DiagnosticKind,
  finding,
  type Fix,
  type Related,
  type Severity,
  type Staged,
  type TextEdit,
} from "./source/diagnostic.ts";
export { type Position, positionAt, type SourceFile, sourceFile, type Span, spanning } from "./source/span.ts";
export { SYNTAX_DIAGNOSTICS } from "./syntax-diagnostics.ts";
export { childrenOf, type SyntaxNode, visit } from "./visit.ts";
