/**
 * What the parts of the builder share: the text, the doc comments, and the findings. Promises: at most one structural finding an entry, the
 * first, since the others are mostly its echo. Findings that have no echo (`note`) are always kept.
 */
import type { IToken } from "chevrotain";
import type { Block } from "./ast.ts";
import type { BlockCstNode } from "./cst.ts";
import { finding, type Diagnostic, type DiagnosticKind, type Related } from "./source/diagnostic.ts";
import type { SourceFile, Span } from "./source/span.ts";
import { spanOf } from "./lex.ts";

export type BuildContext = {
  readonly source: SourceFile;
  /** Doc text by the offset of the entry below it. */
  readonly docs: ReadonlyMap<number, string>;
  readonly diagnostics: Diagnostic[];
  /** Builds a block; expressions hold blocks and blocks hold expressions, so one of them comes this way. */
  readonly block: (context: BuildContext, cst: BlockCstNode) => Block;
  /** Whether the entry at hand has had its structural finding. */
  quiet: boolean;
  /** Operators, calls and dots on the way from the root to here. */
  operators: number;
};

export const at = (context: BuildContext, token: IToken): Span => spanOf(context.source, token);
export const span = (context: BuildContext, start: number, end: number): Span => ({ file: context.source.file, start, end });

export function report<Holes>(
  context: BuildContext,
  kind: DiagnosticKind<Holes>,
  where: Span,
  holes: Holes,
  related?: readonly Related[],
): void {
  if (!context.quiet) context.diagnostics.push(finding(kind, where, holes, related));
  context.quiet = true;
}

export function note<Holes>(context: BuildContext, kind: DiagnosticKind<Holes>, where: Span, holes: Holes): void {
  context.diagnostics.push(finding(kind, where, holes));
}
