/** Claims of tokens and members of bodies: their types, and JSON values that fit them or miss them narrowly. */
import type { Choices } from "./choices.ts";
import { type Scalar, SCALAR_NAMES, scalarType, shapeOf } from "./scalars.ts";

export type FieldType =
  | { readonly kind: "scalar"; readonly of: Scalar }
  | { readonly kind: "List" | "Set" | "Map"; readonly of: Scalar }
  /** The declared record `Inner`, alone or in a list. */
  | { readonly kind: "record" | "records" };

export type Field = { readonly name: string; readonly type: FieldType; readonly isOptional: boolean };

export const INNER = "type Inner = { n: Int, at: Time?, g: Grade }";
const FAVOURITES = ["String", "Int", "Bool", "Grade", "Ip"] as const satisfies readonly Scalar[];

export function fieldType(c: Choices): FieldType {
  const of = c.chance(1, 2) ? c.pick(FAVOURITES) : c.pick(SCALAR_NAMES);
  switch (c.below(10)) {
    case 9:
      return { kind: c.chance(1, 2) ? "record" : "records" };
    case 8:
      return { kind: "Map", of };
    case 7:
      return { kind: "List", of };
    case 6:
    case 5:
      return { kind: "Set", of: c.chance(1, 2) ? "String" : of };
    default:
      return { kind: "scalar", of };
  }
}

export function typeText({ type, isOptional }: Field): string {
  const sign = isOptional ? "?" : "";
  switch (type.kind) {
    case "scalar":
      return scalarType(type.of, isOptional);
    case "List":
      return `List<${scalarType(type.of, false)}>${sign} size 0..3`;
    case "Set":
    case "Map":
      return `${type.kind}<${scalarType(type.of, false)}>${sign}`;
    case "record":
      return `Inner${sign}`;
    case "records":
      return `List<Inner>${sign}`;
  }
}

export function goodValue(c: Choices, type: FieldType): unknown {
  switch (type.kind) {
    case "scalar":
      return c.pick(shapeOf(type.of).json);
    case "List":
      return c.some(0, 3, () => c.pick(shapeOf(type.of).json));
    case "Set":
      return [...new Set(c.some(0, 3, () => c.pick(shapeOf(type.of).json)))];
    case "Map":
      return Object.fromEntries(c.some(0, 2, (at) => [c.pick(["a", "é", "constructor", `k${at}`]), c.pick(shapeOf(type.of).json)]));
    case "record":
      return inner(c);
    case "records":
      return c.some(0, 2, () => inner(c));
  }
}

export function badValue(c: Choices, type: FieldType): unknown {
  if (c.chance(1, 4)) return c.pick([null, { odd: [1] }, [null], "", 0, [[]]]);
  switch (type.kind) {
    case "scalar":
      return c.pick(shapeOf(type.of).wrongJson);
    case "List":
      return c.chance(1, 2) ? Array<unknown>(4).fill(shapeOf(type.of).json[0]) : [c.pick(shapeOf(type.of).wrongJson)];
    case "Set":
      return c.chance(1, 2) ? [shapeOf(type.of).json[0], shapeOf(type.of).json[0]] : [c.pick(shapeOf(type.of).wrongJson)];
    case "Map":
      return c.chance(1, 2) ? [] : { a: c.pick(shapeOf(type.of).wrongJson) };
    case "record":
      return badInner(c);
    case "records":
      return [inner(c), badInner(c)];
  }
}

function inner(c: Choices): object {
  return { n: c.pick([0, 1, 5]), g: c.pick(shapeOf("Grade").json), ...(c.chance(1, 2) ? { at: c.pick(shapeOf("Time").json) } : {}) };
}

function badInner(c: Choices): object {
  return c.pick([{ n: 1 }, { n: 1.5, g: "gold" }, { n: 1, g: "gold", more: 1 }, { n: 1, g: "gold", at: null }, { n: 1, g: "none" }]);
}
