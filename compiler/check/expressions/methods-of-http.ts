/** Bare names of methods, which are values of the type Method. */
import type { NameNode } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";

export const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function methodLiteral(node: NameNode): Expr {
  return { op: "const", value: node.name, type: { kind: "method" }, span: node.span };
}
