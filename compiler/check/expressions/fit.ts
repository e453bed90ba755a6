/**
 * A value meets what is expected where it stands. Literals take the expected type on, wherever they are: in a branch, in a list, behind
 * `??`. Everything else must be assignable.
 */
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { assignable } from "../types/assignable.ts";
import { ZONE } from "../types/built-in-types.ts";
import { fitValue } from "../types/fit-value.ts";
import { sameType, shortType } from "../types/print-type.ts";
import { mismatchAdvice } from "./advice.ts";
import { type Context, guarded, isPoison, poison, refuse } from "./context.ts";
import { origins } from "./describe.ts";
import { literalDoesNotFit, numberWithoutUnit, typeMismatch, zoneNotConstant } from "./type.diagnostics.ts";
import { unitCandidates } from "./unit-candidates.ts";

/** `expr` as a value of `expected`, or poison after a finding. */
export function fit(expr: Expr, expected: Type, context: Context): Expr {
  if (isPoison(expr) || expected.kind === "poison") return expr;
  const inner = expected.kind === "optional" ? expected.type : expected;
  switch (expr.op) {
    case "const":
      return fitConstant(expr, inner, context);
    case "if":
      return rejoined([fit(expr.then, expected, context), fit(expr.otherwise, expected, context)], expr, expected, ([then, otherwise]) => ({
        ...expr,
        then: then ?? expr.then,
        otherwise: otherwise ?? expr.otherwise,
      }));
    case "coalesce":
      return rejoined([fit(expr.left, optional(inner), context), fit(expr.right, expected, context)], expr, expected, ([left, right]) => ({
        ...expr,
        left: left ?? expr.left,
        right: right ?? expr.right,
      }));
    case "list":
      return fitList(expr, inner, context);
    case "stageValue": {
      const stages = Object.keys(expr.values);
      const values = stages.map((stage) => fit(expr.values[stage] ?? poison(expr.span), expected, context));
      return rejoined(values, expr, expected, (fitted) => ({
        ...expr,
        values: Object.fromEntries(stages.map((stage, at) => [stage, fitted[at] ?? poison(expr.span)])),
      }));
    }
    default:
      return fitOther(expr, expected, context);
  }
}

function optional(type: Type): Type {
  return { kind: "optional", type };
}

/** `expr` put together again from fitted parts, of the expected type unless its own says more. */
function rejoined(parts: readonly Expr[], expr: Expr, expected: Type, rebuild: (parts: readonly Expr[]) => Expr): Expr {
  if (parts.some(isPoison)) return poison(expr.span);
  return { ...rebuild(parts), type: assignable(expr.type, expected) ? expr.type : expected };
}

function fitOther(expr: Expr, expected: Type, context: Context): Expr {
  const there = expected.kind === "optional" ? expr : guarded(expr, context);
  if (isPoison(there)) return there;
  if (sameType(expected, ZONE) && there.op !== "param") return refuse(context, zoneNotConstant, there.span, {});
  return assignable(there.type, expected) ? there : mismatch(there, expected, context);
}

function fitConstant(expr: Extract<Expr, { op: "const" }>, expected: Type, context: Context): Expr {
  if (expr.type.kind === "newtype")
    return sameType(expr.type, expected) || assignable(expr.type, expected) ? expr : mismatch(expr, expected, context);
  const result = fitValue(expr.value, expr.type, expected);
  if (result.kind === "fits") return { ...expr, value: result.value, type: expected };
  const written = typeof expr.value === "object" ? "this" : JSON.stringify(expr.value);
  const candidates = unitCandidates(expr, expected);
  if (candidates !== undefined) return refuse(context, numberWithoutUnit, expr.span, { written, type: shortType(expected), candidates });
  if (result.kind === "alien") return mismatch(expr, expected, context);
  return refuse(context, literalDoesNotFit, expr.span, { written, type: shortType(expected), why: result.why, meant: result.meant });
}

/** A list that is written out may become a Set; how many elements it has is known. */
function fitList(expr: Extract<Expr, { op: "list" }>, expected: Type, context: Context): Expr {
  if (expected.kind !== "list" && expected.kind !== "set") return mismatch(expr, expected, context);
  const items = expr.items.map((item) => fit(item, expected.element, context));
  if (items.some(isPoison)) return poison(expr.span);
  const why = wrongSize(items.length, expected) ?? (expected.kind === "set" ? repeated(items) : undefined);
  if (why !== undefined)
    return refuse(context, literalDoesNotFit, expr.span, { written: "[...]", type: shortType(expected), why, meant: undefined });
  return { ...expr, items, type: expected };
}

function wrongSize(size: number, { minSize, maxSize }: Extract<Type, { kind: "list" | "set" }>): string | undefined {
  const fits = size >= (minSize ?? 0) && size <= (maxSize ?? size);
  return fits ? undefined : `it has ${size} element${size === 1 ? "" : "s"}`;
}

function repeated(items: readonly Expr[]): string | undefined {
  const seen = new Set<string>();
  for (const item of items) {
    if (item.op !== "const") continue;
    const key = JSON.stringify(item.value);
    if (seen.has(key)) return `a set holds ${key} only once`;
    seen.add(key);
  }
  return undefined;
}

const ZONE_ADVICE = "give the policy's parameter the type `Zone`, so that only time zones that exist are passed";

function mismatch(expr: Expr, expected: Type, context: Context): Expr {
  const help = sameType(expected, ZONE) ? ZONE_ADVICE : (mismatchAdvice(expr, expected) ?? advice(expr.type, expected));
  const holes = { expected: shortType(expected), found: shortType(expr.type), help };
  return refuse(context, typeMismatch, expr.span, holes, origins(expr, context.place));
}

function advice(found: Type, expected: Type): string {
  if (expected.kind === "list" || expected.kind === "set") return "lists are written `[a, b]`";
  if (expected.kind === "bool") return "there is no truthiness: compare it, as in `x == ...`";
  return `nothing is converted by itself: give a value of \`${shortType(expected)}\`${found.kind === "optional" ? ", or say what holds where it is absent with `??`" : ""}`;
}
