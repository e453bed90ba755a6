/**
 * Which classes of addresses lie inside a network expression. INVARIANT: lowering cut the address space at the border of
 * every network in use, so a class is inside or outside as a whole; but for networks that are asked by themselves, which stand in `lone`.
 */
import { addressSetOfCidrs, type AddressSet } from "../model/address-ranges.ts";
import type { Expr } from "../model/expression.ts";
import type { AddressClasses } from "../model/ir.ts";

export type ClassesOf = (network: Expr) => readonly number[];

export function networkClasses(classes: AddressClasses): ClassesOf {
  const named = new Map(classes.networks.map((network) => [network.label, new Set(network.classes)]));
  const inside = (network: Expr): ReadonlySet<number> => {
    switch (network.op) {
      case "network":
        return known(named.get(network.name), network.name);
      case "const":
        return classesInside(classes, addressSetOfCidrs(cidrTexts(network.value)));
      case "networkAlgebra": {
        const [left, right] = [inside(network.left), inside(network.right)];
        if (network.operator === "+") return new Set([...left, ...right]);
        return new Set([...left].filter((one) => right.has(one) === (network.operator === "&")));
      }
      default:
        throw new Error(`\`${network.op}\` is no network`);
    }
  };
  return (network) => [...inside(network)].toSorted((a, b) => a - b);
}

function known(found: ReadonlySet<number> | undefined, name: string): ReadonlySet<number> {
  if (found === undefined) throw new Error(`the classes of network \`${name}\` are not known`);
  return found;
}

function cidrTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function classesInside({ ipv4, ipv6 }: AddressClasses, set: AddressSet): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [at, start] of ipv4.starts.entries()) if (holds(set.ipv4, start)) found.add(ipv4.classes[at] ?? 0);
  for (const [at, start] of ipv6.starts.entries()) if (holds(set.ipv6, BigInt(`0x${start}`))) found.add(ipv6.classes[at] ?? 0);
  return found;
}

/** Bounds take turns: after an even number of them one is outside. */
function holds<N extends number | bigint>(bounds: readonly N[], value: N): boolean {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bound = bounds[middle];
    if (bound !== undefined && bound <= value) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
