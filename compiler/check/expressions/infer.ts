/** Which rule reads which node. */
import type { Binary, Expression } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { inferCoalesce, inferIf } from "./branches.ts";
import { inferCall } from "./call.ts";
import { inferList, inferRange } from "./collection.ts";
import { inferComparison } from "./comparison.ts";
import { type Context, type Hint, refuse } from "./context.ts";
import { inferLiteral, inferNegative } from "./literal.ts";
import { inferHas, inferImplies, inferJunction, inferNot } from "./logic.ts";
import { inferMatches } from "./matching.ts";
import { inferMember } from "./member.ts";
import { inferIn } from "./membership.ts";
import { inferName } from "./name.ts";
import { typeAsValue } from "./name.diagnostics.ts";
import { inferNetworkAlgebra } from "./network-algebra.ts";
import { inferIs } from "./principal.ts";
import { inferRecord } from "./record-value.ts";
import { unionAsValue } from "./type.diagnostics.ts";

export function infer(node: Expression, context: Context, hint?: Hint): Expr {
  switch (node.kind) {
    case "name":
      return inferName(node, context, hint);
    case "member":
      return inferMember(node, context);
    case "call":
      return inferCall(node, context);
    case "typeArguments":
    case "optional":
      return refuse(context, typeAsValue, node.span, {});
    case "unary":
      if (node.operator === "-") return inferNegative(node, context);
      return node.operator === "not" ? inferNot(node, context) : inferHas(node, context);
    case "binary":
      return inferBinary(node, context, hint);
    case "is":
      return inferIs(node, context);
    case "if":
      return inferIf(node, context, hint);
    case "list":
      return inferList(node, context, hint);
    case "paren":
      return context.infer(node.inner, context, hint);
    case "record":
      return inferRecord(node.block, context, hint);
    default:
      return inferLiteral(node, context, hint);
  }
}

function inferBinary(node: Binary, context: Context, hint: Hint | undefined): Expr {
  switch (node.operator) {
    case "and":
    case "or":
      return inferJunction(node, node.operator, context);
    case "implies":
      return inferImplies(node, context);
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return inferComparison(node, node.operator, context);
    case "in":
      return inferIn(node, context);
    case "matches":
      return inferMatches(node, context);
    case "??":
      return inferCoalesce(node, context, hint);
    case "+":
    case "-":
    case "&":
      return inferNetworkAlgebra(node, node.operator, context);
    case "..":
      return inferRange(node, context);
    case "|":
      return refuse(context, unionAsValue, node.operatorSpan, {});
  }
}
