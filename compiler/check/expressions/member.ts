/** `object.name`: facts of the language, fields of records, and `size`. */
import type { Member } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { didYouMean } from "../did-you-mean.ts";
import { baseOf } from "../types/built-in-types.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, declaredValue, isPoison, operand, poison, refuse } from "./context.ts";
import { origins } from "./describe.ts";
import { METHOD_NAMES } from "./method-names.ts";
import { unknownField } from "./name.diagnostics.ts";
import { inferIdentityMember } from "./principal.ts";
import { unreadable } from "./readable.ts";
import { inferRootMember } from "./root.ts";
import { isTextType } from "./text-types.ts";

export function inferMember(node: Member, context: Context): Expr {
  const root = node.object;
  if (root.kind === "name" && declaredValue(root, context) === undefined) {
    const fact = inferRootMember(root, node, context);
    if (fact !== undefined) return fact;
  }
  const claim = claimOfOne(root, node, context);
  if (claim !== undefined) return claim;
  const object = operand(root, context);
  return isPoison(object) ? poison(node.span) : fieldOf(object, node, context);
}

/** `principal.IDENTITY.name` */
function claimOfOne(root: Member["object"], node: Member, context: Context): Expr | undefined {
  if (root.kind !== "member" || root.object.kind !== "name" || root.object.name !== "principal") return undefined;
  if (declaredValue(root.object, context) !== undefined) return undefined;
  return unreadable(`principal.${root.name.name}`, "request", node.span, context) ?? inferIdentityMember(root.name, node, context);
}

function fieldOf(object: Expr, node: Member, context: Context): Expr {
  const { name } = node.name;
  const type = baseOf(object.type);
  const field = type.kind === "record" ? type.fields.find((known) => known.name === name) : undefined;
  if (field !== undefined) return { op: "field", object, name, type: field.type, span: node.span };
  if (name === "size" && hasSize(object)) return { op: "sizeOf", subject: object, type: { kind: "int" }, span: node.span };
  const known = [...(type.kind === "record" ? type.fields.map((other) => other.name) : []), ...(hasSize(object) ? ["size"] : [])];
  const help = METHOD_NAMES.includes(name)
    ? `\`${name}\` is called: \`.${name}(...)\``
    : known.length === 0
      ? "it has no fields"
      : `it has ${known.map((other) => `\`${other}\``).join(", ")}`;
  const holes = { name, type: shortType(object.type), meant: didYouMean(name, known), help };
  return refuse(context, unknownField, node.name.span, holes, origins(object, context.place));
}

function hasSize({ type }: Expr): boolean {
  const base = baseOf(type);
  return base.kind === "list" || base.kind === "set" || base.kind === "map" || base.kind === "string" || isTextUnion(base);
}

function isTextUnion(type: Type): boolean {
  return type.kind === "literals" && isTextType(type);
}
