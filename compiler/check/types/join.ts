/** The one type of two alternatives, as of the branches of an `if`. */
import type { Type } from "../../model/types.ts";
import { assignable } from "./assignable.ts";

/** The smallest type that both fit; undefined where they have nothing in common. */
export function join(a: Type, b: Type): Type | undefined {
  if (a.kind === "poison") return b;
  if (b.kind === "poison") return a;
  if (assignable(a, b)) return b;
  if (assignable(b, a)) return a;
  if (a.kind === "optional" || b.kind === "optional") {
    const type = join(a.kind === "optional" ? a.type : a, b.kind === "optional" ? b.type : b);
    return type && { kind: "optional", type };
  }
  if (a.kind === "newtype") return b.kind === "newtype" && b.name === a.name ? undefined : join(a.base, b);
  if (b.kind === "newtype") return join(a, b.base);
  if (a.kind === "literals" && b.kind === "literals") return joinLiterals(a.values, b.values);
  if ((a.kind === "int" || a.kind === "decimal") && a.kind === b.kind)
    return { kind: a.kind, ...wider("min", a.min, b.min, Math.min), ...wider("max", a.max, b.max, Math.max) };
  if (a.kind === "literals" || b.kind === "literals") return joinWithPlain(a, b);
  if (a.kind === "string" && b.kind === "string") return { kind: "string" };
  if ((a.kind === "list" || a.kind === "set" || a.kind === "map") && b.kind === a.kind) {
    const element = join(a.element, b.element);
    return element && { kind: a.kind, element };
  }
  return undefined;
}

function wider(
  name: "min" | "max",
  a: number | undefined,
  b: number | undefined,
  choose: (a: number, b: number) => number,
): { readonly [name in "min" | "max"]?: number } {
  return a === undefined || b === undefined ? {} : { [name]: choose(a, b) };
}

type Literals = readonly (string | number)[];

function joinLiterals(a: Literals, b: Literals): Type | undefined {
  const kinds = new Set([...a, ...b].map((value) => typeof value));
  return kinds.size === 1 ? { kind: "literals", values: [...new Set([...a, ...b])] } : undefined;
}

/** A union of texts and a constrained String meet in plain String; of numbers, in Int. */
function joinWithPlain(a: Type, b: Type): Type | undefined {
  const plain: Type = { kind: a.kind === "string" || b.kind === "string" ? "string" : "int" };
  return assignable(a, plain) && assignable(b, plain) ? plain : undefined;
}
