/** A bare name: what a declaration brought, a word that the other side knows, or a word of the language. */
import type { NameNode } from "../../../grammar/ast.ts";
import { didYouMean } from "../did-you-mean.ts";
import { baseOf } from "../types/built-in-types.ts";
import type { Expr } from "../../model/expression.ts";
import { DEEPEST_CONSTANT, extentOf, LARGEST_CONSTANT } from "./constant-size.ts";
import { type Context, type Hint, isPoison, poison, refuse, STRING, type Words } from "./context.ts";
import { declaredAt } from "./describe.ts";
import { nameAdvice, nameMeantBy } from "./habits.ts";
import { constantTooLarge, incompleteRoot, notAValue, secretInExpression, unknownName, unknownWord } from "./name.diagnostics.ts";
import type { Meaning } from "./place.ts";
import { methodLiteral, METHODS } from "./methods-of-http.ts";
import { FUNCTION_NAMES } from "./function-names.ts";
import { unreadable } from "./readable.ts";
import { readFact, ROOT_EXAMPLES, ROOT_NAMES } from "./root.ts";

export function inferName(node: NameNode, context: Context, hint: Hint | undefined): Expr {
  if (hint?.words?.names.includes(node.name)) return word(node, hint.words.what, context);
  const item = context.items.findIndex(({ name }) => name === node.name);
  const element = context.items[item];
  if (element !== undefined) return { op: "item", item, name: node.name, type: element.type, span: node.span };
  const meaning = context.place.names.lookup(node);
  if (meaning !== undefined && meaning.kind !== "other") return fromMeaning(node, meaning, context);
  const fact = readFact(node, context);
  if (fact !== undefined) return fact;
  if (METHODS.includes(node.name)) return methodLiteral(node);
  return meaning === undefined || ROOT_EXAMPLES.has(node.name) ? unknown(node, context, hint) : fromMeaning(node, meaning, context);
}

function word(node: NameNode, what: Words["what"], context: Context): Expr {
  if (what !== "stage") context.place.mark?.(what, node);
  return { op: "const", value: node.name, type: STRING, span: node.span };
}

function fromMeaning(node: NameNode, meaning: Meaning, context: Context): Expr {
  const { name, span } = node;
  switch (meaning.kind) {
    case "constant": {
      const { size, depth } = extentOf(meaning.value);
      const tooLarge = size > LARGEST_CONSTANT || depth > DEEPEST_CONSTANT;
      if (!tooLarge || isPoison(meaning.value)) return { ...meaning.value, span };
      if (context.said.has(name)) return poison(span);
      context.said.add(name);
      return refuse(context, constantTooLarge, span, { name });
    }
    case "env":
      return unreadable(name, "start", span, context) ?? { op: "env", name, type: meaning.type, span };
    case "network":
      return { op: "network", name, type: { kind: "network" }, span };
    case "param":
      return { op: "param", name, type: meaning.type, span };
    case "secret":
      return refuse(context, secretInExpression, span, { name }, declaredAt(meaning.declared, "declared as a secret here"));
    case "other":
      return refuse(context, notAValue, span, { name, what: meaning.what }, declaredAt(meaning.declared, "declared here"));
    case "broken":
      return poison(span);
  }
}

function unknown(node: NameNode, context: Context, hint: Hint | undefined): Expr {
  const { name, span } = node;
  const example = ROOT_EXAMPLES.get(name);
  if (example !== undefined) return refuse(context, incompleteRoot, span, { name, example });
  // The other side has a finding and might have said what this means.
  if (hint?.type?.kind === "poison") return poison(span);
  const words = hint?.words;
  if (words !== undefined) {
    const { what, names } = words;
    return refuse(context, unknownWord, span, { what, name, meant: didYouMean(name, names), known: names });
  }
  const type = hint?.type && baseOf(hint.type);
  const literals = type?.kind === "literals" ? type.values.filter((value) => value === name).map((value) => JSON.stringify(value)) : [];
  const candidates = [
    ...context.items.map((item) => item.name),
    ...context.place.names.names(),
    ...ROOT_NAMES,
    ...FUNCTION_NAMES,
    ...(type?.kind === "method" ? METHODS : []),
  ];
  const meant = literals[0] ?? nameMeantBy(name) ?? (nameAdvice(name) === undefined ? didYouMean(name, candidates) : undefined);
  return refuse(context, unknownName, span, { name, meant, hint: nameAdvice(name) });
}
