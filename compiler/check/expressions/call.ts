/** Calls: functions of the language and methods of values. */
import type { Argument, Call, Expression, NameNode } from "../../../grammar/ast.ts";
import { isHeaderName } from "../../model/header-names.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { didYouMean } from "../did-you-mean.ts";
import { ZONE } from "../types/built-in-types.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, declaredValue, isPoison, operand, poison, refuse, settled, STRING } from "./context.ts";
import { fit } from "./fit.ts";
import { FUNCTION_NAMES, type FunctionName, isFunctionName } from "./function-names.ts";
import { inferMethod } from "./method.ts";
import { constantNameExpected, unknownFunction, wrongArguments, wrongHeaderName } from "./name.diagnostics.ts";
import { unreadable } from "./readable.ts";
import { isTextType, textAdvice } from "./text-types.ts";
import { wrongOperand } from "./type.diagnostics.ts";

export function inferCall(node: Call, context: Context): Expr {
  const { callee } = node;
  if (callee.kind === "name") return inferFunction(callee, node, context);
  if (callee.kind !== "member")
    return refuse(context, unknownFunction, callee.span, { name: "this", meant: undefined, known: FUNCTION_NAMES });
  const { object, name } = callee;
  const zoned = object.kind === "name" && object.name === "time" && declaredValue(object, context) === undefined;
  if (zoned && (name.name === "of_day" || name.name === "weekday")) return inferZoned(name.name, node, context);
  return inferMethod(node, callee, context, plainArguments);
}

/** Each argument as one expression; undefined where one has a name or is none. */
function plainArguments(given: readonly Argument[]): readonly Expression[] | undefined {
  const nodes: Expression[] = [];
  for (const { name, value } of given) {
    const [term, ...more] = value.terms;
    if (name !== undefined || term === undefined || more.length > 0 || term.kind === "block" || term.kind === "mark") return undefined;
    nodes.push(term);
  }
  return nodes;
}

function inferFunction(callee: NameNode, node: Call, context: Context): Expr {
  const { name } = callee;
  if (!isFunctionName(name))
    return refuse(context, unknownFunction, callee.span, { name, meant: didYouMean(name, FUNCTION_NAMES), known: FUNCTION_NAMES });
  const given = plainArguments(node.arguments);
  if (name === "concat") return inferConcat(given, node, context);
  const refused = unreadable(`${name}()`, "request", node.span, context);
  if (refused !== undefined) return refused;
  const example = name.startsWith("header") ? `${name}("X-Name")` : `${name}("name")`;
  const [argument, ...more] = given ?? [];
  if (argument === undefined || more.length > 0)
    return refuse(context, wrongArguments, node.span, { what: name, takes: "one name, in quotes", example });
  const named = operand(argument, context, { type: STRING });
  if (isPoison(named)) return poison(node.span);
  if (named.op !== "const" || typeof named.value !== "string" || !isTextType(named.type))
    return refuse(context, constantNameExpected, named.span, { what: name, example });
  return field(name, named.value, node, named, context);
}

function field(op: Exclude<FunctionName, "concat">, name: string, { span }: Call, named: Expr, context: Context): Expr {
  const many = op === "headers" || op === "queries";
  const type: Type = many ? { kind: "list", element: STRING } : { kind: "optional", type: STRING };
  if (op === "query" || op === "queries") return { op, name, type, span };
  const why = wrongHeader(name);
  return why === undefined ? { op, name: name.toLowerCase(), type, span } : refuse(context, wrongHeaderName, named.span, { name, why });
}

function wrongHeader(name: string): string | undefined {
  if (name.includes("_")) return "headers with `_` are refused, since many programs take `_` and `-` for the same";
  return isHeaderName(name) ? undefined : "has characters that no name of a header may have";
}

function inferConcat(given: readonly Expression[] | undefined, node: Call, context: Context): Expr {
  if (given === undefined || given.length === 0)
    return refuse(context, wrongArguments, node.span, { what: "concat", takes: "texts", example: 'concat("a", "b")' });
  const parts = given.map((argument) => text(argument, context));
  return parts.some(isPoison) ? poison(node.span) : { op: "concat", parts, type: STRING, span: node.span };
}

function text(argument: Expression, context: Context): Expr {
  const expr = operand(argument, context, { type: STRING });
  if (isPoison(expr) || isTextType(expr.type)) return expr;
  const found = shortType(expr.type);
  return refuse(context, wrongOperand, expr.span, { operator: "concat", wants: "texts", found, help: textAdvice(expr.type) });
}

/** `time.of_day(ZONE)`, `time.weekday(ZONE)` */
function inferZoned(name: "of_day" | "weekday", node: Call, context: Context): Expr {
  const refused = unreadable(`time.${name}()`, "request", node.span, context);
  if (refused !== undefined) return refused;
  const [argument, ...more] = plainArguments(node.arguments) ?? [];
  const what = `time.${name}`;
  if (argument === undefined || more.length > 0)
    return refuse(context, wrongArguments, node.span, { what, takes: "one time zone", example: `${what}("Europe/Berlin")` });
  const zone = fit(settled(argument, context, { type: ZONE }), ZONE, context);
  if (isPoison(zone)) return poison(node.span);
  if (name === "of_day") return { op: "timeOfDay", zone, type: { kind: "timeOfDay" }, span: node.span };
  const values = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  return { op: "weekday", zone, type: { kind: "literals", values }, span: node.span };
}
