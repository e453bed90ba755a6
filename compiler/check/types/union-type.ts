/** Unions of literals: `"EUR" | "USD"`, `1 | 2 | 3`. One literal alone is one, too. */
import type { Expression } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import { repeatedLiteral, wrongUnion } from "./diagnostics.ts";
import { literalNumber } from "./literal-number.ts";

export function readUnion(node: Expression, { report }: { readonly report: Report }): Type {
  const values: (string | number)[] = [];
  const seen = new Map<string | number, Span>();
  for (const part of alternatives(node)) {
    const value = part.kind === "text" ? part.value : literalNumber(part, "int", report);
    if (value === "reported") return { kind: "poison" };
    if (value === undefined || (values[0] !== undefined && typeof values[0] !== typeof value)) {
      report(finding(wrongUnion, part.span, {}));
      return { kind: "poison" };
    }
    const first = seen.get(value);
    if (first !== undefined)
      report(finding(repeatedLiteral, part.span, { written: JSON.stringify(value) }, [{ span: first, message: "first here" }]));
    else values.push(value);
    seen.set(value, part.span);
  }
  return { kind: "literals", values };
}

function alternatives(node: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  let rest = node;
  while (rest.kind === "binary" && rest.operator === "|") {
    parts.unshift(rest.right);
    rest = rest.left;
  }
  return [rest, ...parts];
}
