/**
 * Memberships in network expressions told by memberships in networks alone: `x in a - b` is `x in a and not x in b`. Sound
 * for an absent `x` too, since every case needs one membership to be true. What is left names networks by their label.
 */
import { mapChildren } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import { BOOL, bool, constant, STRING } from "./constants.ts";
import type { NetworkTable } from "./network-table.ts";

export function withPlainNetworks(expr: Expr, networks: NetworkTable): Expr {
  if (expr.op !== "in" || !isNetwork(expr.collection)) return mapChildren(expr, (child) => withPlainNetworks(child, networks));
  return membership(withPlainNetworks(expr.element, networks), expr.collection, networks);
}

function isNetwork(expr: Expr): boolean {
  return expr.op === "network" || expr.op === "networkAlgebra" || expr.type.kind === "network";
}

function membership(element: Expr, network: Expr, networks: NetworkTable): Expr {
  const { span } = network;
  const inside = (part: Expr): Expr => membership(element, part, networks);
  const all = (...operands: Expr[]): Expr => ({ op: "and", operands, type: BOOL, span });
  const some = (...operands: Expr[]): Expr => ({ op: "or", operands, type: BOOL, span });
  const not = (operand: Expr): Expr => ({ op: "not", operand, type: BOOL, span });
  switch (network.op) {
    case "network":
      return inNetwork(element, networks.useNamed(network.name), network);
    case "const":
      return inNetwork(element, networks.useBlocks(blocksOf(network)), network);
    case "networkAlgebra":
      if (network.operator === "+") return some(inside(network.left), inside(network.right));
      if (network.operator === "&") return all(inside(network.left), inside(network.right));
      return all(inside(network.left), not(inside(network.right)));
    case "if": {
      const condition = withPlainNetworks(network.condition, networks);
      return { op: "if", condition, then: inside(network.then), otherwise: inside(network.otherwise), type: BOOL, span };
    }
    case "stageValue":
      return some(...Object.entries(network.values).map(([stage, value]) => all(atStage(stage, network), inside(value))));
    case "coalesce":
      return inside(network.left);
    default:
      return bool(false, span);
  }
}

/** The program runs in `stage`. */
export function atStage(stage: string, at: Expr): Expr {
  const { span } = at;
  return {
    op: "compare",
    operator: "==",
    left: { op: "stage", type: STRING, span },
    right: constant(STRING, stage, span),
    type: BOOL,
    span,
  };
}

function inNetwork(element: Expr, label: string, network: Expr): Expr {
  const { span, type } = network;
  return { op: "in", element, collection: { op: "network", name: label, type, span }, type: BOOL, span };
}

function blocksOf(network: Expr & { readonly op: "const" }): readonly string[] {
  return Array.isArray(network.value) ? network.value.filter((block): block is string => typeof block === "string") : [];
}
