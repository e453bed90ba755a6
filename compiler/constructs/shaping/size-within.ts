/** `within 64KiB`: how large an answer may be that is read whole. */
import type { Expression } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { limitOutOfBounds } from "../access/routing.diagnostics.ts";
import type { PhraseReader } from "../phrase-reader.ts";

const MIB = 1024 * 1024;
/** Bytes of one answer, or of all parts of one. */
export const MOST_READ = 64 * MIB;

/** Bytes; undefined: it is no such size, which is reported. */
export function sizeWithin(phrase: PhraseReader, context: CheckContext): number | undefined {
  const node = phrase.takes("within") ? phrase.expression("a size, as in `within 4MiB`") : undefined;
  return node === undefined ? MIB : readSize(node, context);
}

function readSize(node: Expression, context: CheckContext): number | undefined {
  const place = context.place(node.span.file, { kind: "nothing", what: "the size of an answer" });
  const value = evaluateConstant(checkExpression(node, place, context.report, { kind: "size" }));
  if (typeof value !== "number") return undefined;
  if (value > 0 && value <= MOST_READ) return value;
  context.report(finding(limitOutOfBounds, node.span, { name: "within", least: "1B", most: "64MiB" }));
  return undefined;
}
