/** What a member of a record in a mapping may be, and which types have a form as JSON. */
import type { Setting } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, guarded, isPoison, refuse, settled } from "./context.ts";
import { optionalMember, withoutJson } from "./mapping.diagnostics.ts";
import { neverAbsent } from "./type.diagnostics.ts";

/** `name: VALUE`, which must be there, or `name: optional VALUE`, which the record lacks where it is absent. */
export function mappedMember({ value }: Setting, read: () => Expr, context: Context): Expr {
  const expr = optionalOf(value.terms, context) ?? guarded(read(), context);
  const why = isPoison(expr) ? undefined : jsonless(expr.type);
  return why === undefined ? expr : refuse(context, withoutJson, expr.span, { type: why });
}

function optionalOf([word, value, ...more]: Setting["value"]["terms"], context: Context): Expr | undefined {
  if (word?.kind !== "name" || word.name !== "optional" || value === undefined) return undefined;
  if (value.kind === "block" || value.kind === "mark" || more.length > 0) return refuse(context, optionalMember, value.span, {});
  const expr = settled(value, context);
  if (isPoison(expr) || expr.type.kind === "optional") return expr;
  return refuse(context, neverAbsent, expr.span, { operator: "optional", type: shortType(expr.type) });
}

/** Undefined where values of the type can be written as JSON; else the type inside that cannot. */
export function jsonless(type: Type): string | undefined {
  switch (type.kind) {
    case "optional":
      return jsonless(type.type);
    case "newtype":
      return jsonless(type.base);
    case "list":
    case "set":
    case "map":
      return jsonless(type.element);
    case "record":
      return type.fields.map((field) => jsonless(field.type)).find((one) => one !== undefined);
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
      return shortType(type);
    default:
      return undefined;
  }
}
