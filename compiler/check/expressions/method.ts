/** Methods of values: `s.starts_with(t)`, `s.ends_with(t)`, `s.contains(t)`, `s.lower()`, `x.text()`, `list.map(x: ...)`. */
import type { Argument, Call, Expression, Member } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { didYouMean } from "../did-you-mean.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, BOOL, isPoison, operand, poison, refuse, STRING } from "./context.ts";
import { inferMap } from "./mapped-list.ts";
import { METHOD_NAMES } from "./method-names.ts";
import { unknownMethod, wrongArguments } from "./name.diagnostics.ts";
import { hasText, isTextType, textAdvice } from "./text-types.ts";
import { wrongOperand } from "./type.diagnostics.ts";

const PARTS = { starts_with: "startsWith", ends_with: "endsWith", contains: "contains" } as const;

type Plain = (given: readonly Argument[]) => readonly Expression[] | undefined;

export function inferMethod(node: Call, callee: Member, context: Context, plain: Plain): Expr {
  const subject = operand(callee.object, context);
  if (isPoison(subject)) return subject;
  const given = plain(node.arguments);
  switch (callee.name.name) {
    case "starts_with":
    case "ends_with":
    case "contains":
      return inferPart(callee.name.name, subject, given, node, context);
    case "map":
      return inferMap(subject, node, context);
    case "lower":
    case "text":
      return inferText(callee.name.name, subject, given, node, context);
    default: {
      const { name, span } = callee.name;
      const help =
        name === "size"
          ? "`size` is read without parentheses: `x.size`"
          : `methods are ${METHOD_NAMES.map((known) => `\`${known}\``).join(", ")}`;
      return refuse(context, unknownMethod, span, { name, type: shortType(subject.type), meant: didYouMean(name, METHOD_NAMES), help });
    }
  }
}

function inferPart(name: keyof typeof PARTS, subject: Expr, given: readonly Expression[] | undefined, node: Call, context: Context): Expr {
  if (!isTextType(subject.type)) {
    const collection = subject.type.kind === "list" || subject.type.kind === "set" || subject.type.kind === "map";
    const help = collection ? "whether a collection holds a value is asked with `value in collection`" : textAdvice(subject.type);
    return refuse(context, wrongOperand, subject.span, { operator: name, wants: "a text before it", found: shortType(subject.type), help });
  }
  const [argument, ...more] = given ?? [];
  if (argument === undefined || more.length > 0)
    return refuse(context, wrongArguments, node.span, { what: name, takes: "one text", example: `path.${name}("...")` });
  const part = operand(argument, context, { type: STRING });
  if (isPoison(part)) return poison(node.span);
  if (isTextType(part.type)) return { op: PARTS[name], subject, part, type: BOOL, span: node.span };
  const found = shortType(part.type);
  return refuse(context, wrongOperand, part.span, { operator: name, wants: "one text", found, help: textAdvice(part.type) });
}

function inferText(name: "lower" | "text", subject: Expr, given: readonly Expression[] | undefined, node: Call, context: Context): Expr {
  if (given?.length !== 0) return refuse(context, wrongArguments, node.span, { what: name, takes: "nothing", example: `x.${name}()` });
  const fits = name === "lower" ? isTextType(subject.type) : hasText(subject.type);
  if (fits) return { op: name, subject, type: STRING, span: node.span };
  const help = name === "text" && isTextType(subject.type) ? "it is a text already: leave `.text()` out" : textAdvice(subject.type);
  const wants = name === "lower" ? "a text before it" : "an Int, Decimal, Bool, Ip, Uuid, Time or Method before it";
  return refuse(context, wrongOperand, subject.span, { operator: name, wants, found: shortType(subject.type), help });
}
