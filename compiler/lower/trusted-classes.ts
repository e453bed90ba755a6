/** The classes whose addresses may say who called them. */
import type { Expr } from "../model/expression.ts";
import type { AddressClasses } from "../model/ir.ts";
import { BOOL } from "./constants.ts";
import type { NetworkTable } from "./network-table.ts";
import { withPlainNetworks } from "./plain-networks.ts";

/** `client.ip in` each of the networks, in plain networks. */
export function trustConditions(proxies: readonly Expr[], networks: NetworkTable): readonly Expr[] {
  return proxies.map((collection) => {
    const { span } = collection;
    const element: Expr = { op: "clientIp", type: { kind: "ip" }, span };
    return withPlainNetworks({ op: "in", element, collection, type: BOOL, span }, networks);
  });
}

/** Of the networks that conditions ask for. */
export function networkLabels(conditions: readonly Expr[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...conditions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.op === "and" || next.op === "or") open.push(...next.operands);
    else if (next.op === "not") open.push(next.operand);
    else if (next.op === "in" && next.collection.op === "network") found.add(next.collection.name);
  }
  return found;
}

export function trustedClasses(conditions: readonly Expr[], classes: AddressClasses): readonly number[] {
  const inside = new Map(classes.networks.map((network) => [network.label, new Set(network.classes)]));
  const holds = (condition: Expr, one: number): boolean => {
    switch (condition.op) {
      case "and":
        return condition.operands.every((part) => holds(part, one));
      case "or":
        return condition.operands.some((part) => holds(part, one));
      case "not":
        return !holds(condition.operand, one);
      case "in":
        return condition.collection.op === "network" && inside.get(condition.collection.name)?.has(one) === true;
      default:
        return false;
    }
  };
  return Array.from({ length: classes.count }, (_, one) => one).filter((one) => conditions.some((condition) => holds(condition, one)));
}
