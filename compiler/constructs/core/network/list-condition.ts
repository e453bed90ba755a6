/**
 * `where region == "eu-west-1" and service in ["S3", "EC2"]`: which entries of a list are meant. Promises: a name or value
 * that the list does not know is an error, so that a misspelling never makes a network smaller in silence.
 */
import type { Binary, Expression } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { ListCondition } from "../../../../runtime/contract/network-lists.ts";
import type { ListEntry } from "../../../../runtime/lists/list-format.ts";
import { listCondition, unknownListAttribute, unknownListValue } from "./network.diagnostics.ts";

type Known = { readonly values: ReadonlyMap<string, ReadonlySet<string>>; readonly context: CheckContext };

/** Undefined after a finding. */
export function readListCondition(
  node: Expression,
  entries: readonly ListEntry[],
  attributes: readonly string[],
  context: CheckContext,
): ListCondition | undefined {
  const values = new Map(attributes.map((name) => [name, new Set<string>()]));
  for (const entry of entries) for (const [name, value] of Object.entries(entry.attributes)) values.get(name)?.add(value);
  return selects(node, { values, context });
}

function selects(node: Expression, known: Known): ListCondition | undefined {
  switch (node.kind) {
    case "paren":
      return selects(node.inner, known);
    case "unary": {
      const part = node.operator === "not" ? selects(node.operand, known) : refuse(node, known);
      return part && { kind: "not", part };
    }
    case "binary":
      return binary(node, known);
    default:
      return refuse(node, known);
  }
}

function binary(node: Binary, known: Known): ListCondition | undefined {
  switch (node.operator) {
    case "and":
    case "or": {
      const [left, right] = [selects(node.left, known), selects(node.right, known)];
      if (left === undefined || right === undefined) return undefined;
      return { kind: node.operator === "and" ? "all" : "any", parts: [left, right] };
    }
    case "==":
      return oneOf(node, [node.right], known);
    case "!=": {
      const part = oneOf(node, [node.right], known);
      return part && { kind: "not", part };
    }
    case "in":
      return node.right.kind === "list" ? oneOf(node, node.right.items, known) : refuse(node, known);
    default:
      return refuse(node, known);
  }
}

function oneOf(node: Binary, wanted: readonly Expression[], known: Known): ListCondition | undefined {
  const { context, values } = known;
  if (node.left.kind !== "name") return refuse(node, known);
  const attribute = node.left.name;
  const here = values.get(attribute);
  if (here === undefined) {
    const names = [...values.keys()];
    context.report(finding(unknownListAttribute, node.left.span, { name: attribute, known: names, meant: didYouMean(attribute, names) }));
    return undefined;
  }
  const texts = new Set<string>();
  for (const item of wanted) {
    if (item.kind !== "text") return refuse(item, known);
    if (!here.has(item.value)) {
      context.report(finding(unknownListValue, item.span, { attribute, value: item.value, meant: didYouMean(item.value, here) }));
      return undefined;
    }
    texts.add(item.value);
  }
  return { kind: "oneOf", attribute, values: [...texts] };
}

function refuse(node: Expression, { context }: Known): undefined {
  context.report(finding(listCondition, node.span, { found: context.written(node.span, 60) }));
  return undefined;
}
