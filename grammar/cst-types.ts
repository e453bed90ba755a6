/** The text of `cst.ts`. Promises: a function of the grammar alone. Used by the generating script and by the test that it was run. */
import { generateCstDts } from "chevrotain";
import { theParser } from "./parser.ts";

const HEAD = "/** The shapes of the parser's tree. Generated from parser.ts by scripts/generate-cst.ts; do not edit. */\n";

export function cstTypes(): string {
  const types = generateCstDts(theParser().getGAstProductions(), { includeVisitorInterface: false });
  return HEAD + types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken").trimEnd() + "\n";
}
