/** What the rules of expressions hand to each other, and the few moves that all of them make. */
import type { Expression, NameNode, Term } from "../../../grammar/ast.ts";
import { finding, type DiagnosticKind, type Related } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import { baseOf } from "../types/built-in-types.ts";
import { printType, shortType } from "../types/print-type.ts";
import { describe, origins } from "./describe.ts";
import { factsAfter, type Facts } from "./facts.ts";
import type { Meaning, Place } from "./place.ts";
import { presenceKey } from "./presence.ts";
import { conditionExpected, unguardedOptional } from "./type.diagnostics.ts";

export type Context = {
  readonly place: Place;
  readonly report: Report;
  readonly facts: Facts;
  /** Elements that mappings of lists around are about, the outermost first. */
  readonly items: readonly Item[];
  /** Constants that this expression has had its finding about. */
  readonly said: Set<string>;
  /** The door back to the rule for any node, so that rules need not import each other. Its result may be an optional that is known to be there. */
  readonly infer: (node: Expression, context: Context, hint?: Hint) => Expr;
  /** The same for a value that is a phrase. */
  readonly value: (terms: readonly Term[], around: Span, context: Context, hint?: Hint) => Expr;
};

export type Item = { readonly name: string; readonly type: Type; readonly span: Span };

/** What stands on the other side, or is expected: it says what bare words and empty lists mean, and forbids nothing. */
export type Hint = { readonly type?: Type; readonly words?: Words };
/** Bare names that mean texts here. */
export type Words = { readonly what: "stage" | "api" | "entry"; readonly names: readonly string[] };

export const BOOL: Type = { kind: "bool" };
export const STRING: Type = { kind: "string" };

export function poison(span: Span): Expr {
  return { op: "const", value: false, type: { kind: "poison" }, span };
}

/** The type of what is made of conditions: poison if one of them is. */
export function boolOf(parts: readonly Expr[]): Type {
  return parts.some(isPoison) ? { kind: "poison" } : BOOL;
}

export function isPoison(expr: Expr): boolean {
  return expr.type.kind === "poison";
}

/** Reports and gives poison. */
export function refuse<Holes>(
  context: Context,
  kind: DiagnosticKind<Holes>,
  span: Span,
  holes: Holes,
  related: readonly Related[] = [],
): Expr {
  context.report(finding(kind, span, holes, related));
  return poison(span);
}

/** The value of `node`; an optional that is known to be there counts as its type. */
export function settled(node: Expression, context: Context, hint?: Hint): Expr {
  const expr = context.infer(node, context, hint);
  if (expr.type.kind !== "optional") return expr;
  const key = presenceKey(expr);
  return key !== undefined && context.facts.present.has(key) ? { ...expr, type: expr.type.type } : expr;
}

/** The value of `node`, which must be there. */
export function operand(node: Expression, context: Context, hint?: Hint): Expr {
  return guarded(settled(node, context, hint), context);
}

export function guarded(expr: Expr, context: Context): Expr {
  if (expr.type.kind !== "optional") return expr;
  const holes = { what: describe(expr), type: shortType(expr.type) };
  return refuse(context, unguardedOptional, expr.span, holes, origins(expr, context.place));
}

/** The value of `node`, which must be true or false; `advice` says what to do where it is neither. */
export function condition(node: Expression, context: Context, advice?: string): Expr {
  const expr = settled(node, context, { type: BOOL });
  if (isPoison(expr)) return expr;
  const type = baseOf(expr.type);
  if (type.kind === "bool") return expr;
  if (type.kind === "optional" && printType(type.type) === "Bool") return guarded(expr, context);
  const what = describe(expr).replaceAll("`", "");
  const help = type.kind === "optional" ? `to ask whether it is there, write \`has ${what}\`` : (advice ?? adviceFor(type));
  return refuse(context, conditionExpected, expr.span, { found: shortType(expr.type), help }, origins(expr, context.place));
}

function adviceFor(type: Type): string {
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") return "there is no truthiness: ask for example `x.size > 0`";
  return "there is no truthiness: compare it, as in `x == ...`";
}

/** What a declaration of a value says of `name`. A backend or tag of that name takes nothing from the words of the language. */
export function declaredValue(name: NameNode, context: Context): Meaning | undefined {
  const meaning = context.place.names.lookup(name);
  return meaning?.kind === "other" ? undefined : meaning;
}

export function assuming(condition: Expr, truth: boolean, context: Context): Context {
  return { ...context, facts: factsAfter(condition, truth, context.facts) };
}
