/** Which values fit where. Values only: literals fit more, see `fit-value.ts`. */
import type { Type } from "../../model/types.ts";
import { printType } from "./print-type.ts";

/** Whether every value of `from` may stand where `to` is expected. A newtype fits its base, never another newtype. */
export function assignable(from: Type, to: Type): boolean {
  if (from.kind === "poison" || to.kind === "poison") return true;
  if (to.kind === "optional") return assignable(from.kind === "optional" ? from.type : from, to.type);
  if (from.kind === "newtype")
    return to.kind === "newtype" ? from.name === to.name && printType(from.base) === printType(to.base) : assignable(from.base, to);
  switch (to.kind) {
    case "int":
    case "decimal":
      if (from.kind === "literals")
        return to.kind === "int" && from.values.every((value) => typeof value === "number" && within(value, value, to));
      return from.kind === to.kind && within(from.min, from.max, to);
    case "string":
      if (from.kind === "literals") return from.values.every((value) => typeof value === "string" && meetsLength(value, to));
      return (
        from.kind === "string" &&
        within(from.minLength ?? 0, from.maxLength, {
          min: to.minLength ?? 0,
          ...(to.maxLength === undefined ? {} : { max: to.maxLength }),
        }) &&
        (to.pattern === undefined || to.pattern === from.pattern)
      );
    case "literals":
      return from.kind === "literals" && from.values.every((value) => to.values.includes(value));
    case "set":
    case "list":
    case "map":
      return from.kind === to.kind && assignable(from.element, to.element) && sizesFit(from, to);
    case "record":
      return from.kind === "record" && recordFits(from, to);
    case "range":
      return from.kind === "range" && assignable(from.element, to.element);
    case "newtype":
    case "principal":
    case "secret":
      return false;
    case "bool":
    case "network":
    case "regex":
    default:
      return from.kind === to.kind;
  }
}

type Bounds = { readonly min?: number; readonly max?: number };

function within(min: number | undefined, max: number | undefined, outer: Bounds): boolean {
  return (
    (outer.min === undefined || (min !== undefined && min >= outer.min)) &&
    (outer.max === undefined || (max !== undefined && max <= outer.max))
  );
}

function meetsLength(value: string, to: Extract<Type, { kind: "string" }>): boolean {
  const length = [...value].length;
  return (
    length >= (to.minLength ?? 0) &&
    length <= (to.maxLength ?? length) &&
    (to.pattern === undefined || new RegExp(to.pattern, "u").test(value))
  );
}

type Collection = Extract<Type, { kind: "set" | "list" | "map" }>;

function sizesFit(from: Collection, to: Collection): boolean {
  return within(from.minSize ?? 0, from.maxSize, { min: to.minSize ?? 0, ...(to.maxSize === undefined ? {} : { max: to.maxSize }) });
}

type RecordType = Extract<Type, { kind: "record" }>;

/** Records are closed: no more members than `to` has, and all that it must have. */
function recordFits(from: RecordType, to: RecordType): boolean {
  const given = new Map(from.fields.map((field) => [field.name, field.type]));
  const known = new Set(to.fields.map((field) => field.name));
  return (
    from.fields.every((field) => known.has(field.name)) &&
    to.fields.every((field) => {
      const type = given.get(field.name);
      return type === undefined ? field.type.kind === "optional" : assignable(type, field.type);
    })
  );
}
