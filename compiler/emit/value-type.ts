/** Types as the runtime reads them. Types without values at run time do not occur where values come from outside. */
import type { ValueType } from "../../runtime/contract/value-type.ts";
import { bareType } from "../model/bare-type.ts";
import type { Type } from "../model/types.ts";

export function valueType(type: Type): ValueType {
  switch (type.kind) {
    case "set":
    case "list":
    case "map":
      return { ...type, element: valueType(type.element) };
    case "record":
      return { kind: "record", fields: type.fields.map(({ name, type: field }) => ({ name, type: valueType(field) })) };
    case "newtype":
      return { kind: "newtype", name: type.name, base: valueType(type.base) };
    case "optional":
      return { kind: "optional", type: valueType(type.type) };
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
    case "poison":
      throw new Error(`a ${type.kind} has no values that come from outside`);
    default:
      return type;
  }
}

/** Whether equal values of the type can be different JSON: addresses, UUIDs and sets, wherever they stand in it. */
export function hasSpellings(given: Type): boolean {
  const type = bareType(given);
  switch (type.kind) {
    case "ip":
    case "uuid":
    case "set":
      return true;
    case "list":
    case "map":
      return hasSpellings(type.element);
    case "record":
      return type.fields.some((field) => hasSpellings(field.type));
    default:
      return false;
  }
}

/** Whether values of the type have members or elements. */
export function isComposite(type: Type): boolean {
  const { kind } = bareType(type);
  return kind === "set" || kind === "list" || kind === "map" || kind === "record";
}
