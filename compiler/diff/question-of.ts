/** A variable of a comparison as the expression that it stands for. */
import type { Asked } from "../analyze/question-variables.ts";
import { bareType } from "../model/bare-type.ts";
import type { Expr } from "../model/expression.ts";
import type { Type } from "../model/types.ts";

const NOWHERE = { file: "", start: 0, end: 0 };
const BOOL: Type = { kind: "bool" };

export function questionOf(asked: Asked): Expr {
  if (asked.kind === "other") return asked.expr;
  if (asked.kind === "identity") return { op: "isIdentity", identity: asked.name, type: BOOL, span: NOWHERE };
  const { subject, value, isCollection } = asked;
  const { span } = subject;
  const bare = bareType(subject.type);
  if (!isCollection)
    return { op: "compare", operator: "==", left: subject, right: { op: "const", value, type: bare, span }, type: BOOL, span };
  const element = "element" in bare ? bareType(bare.element) : bare;
  return { op: "in", element: { op: "const", value, type: element, span }, collection: subject, type: BOOL, span };
}
