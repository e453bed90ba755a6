/** A type as a user writes it. Two types are the same when they print the same. */
import type { Type } from "../../model/types.ts";
import { BUILT_IN_NAMES } from "./built-in-types.ts";

export function printType(type: Type): string {
  const { head, constraints } = parts(type);
  return head + constraints;
}

/** For messages: cut where it grows long. */
export function shortType(type: Type): string {
  const text = printType(type);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

export function sameType(a: Type, b: Type): boolean {
  return a === b || printType(a) === printType(b);
}

/** Apart, because `?` stands between them: `String? max 40`. */
type Parts = { readonly head: string; readonly constraints: string };

function parts(type: Type): Parts {
  switch (type.kind) {
    case "int":
    case "decimal":
      return { head: BUILT_IN_NAMES[type.kind], constraints: bounds(type.min, type.max, "") };
    case "string": {
      const pattern = type.pattern === undefined ? "" : ` matches /${type.pattern}/`;
      return { head: "String", constraints: limits(type.minLength, type.maxLength) + pattern };
    }
    case "set":
    case "list":
    case "map": {
      const name = type.kind === "set" ? "Set" : type.kind === "list" ? "List" : "Map";
      return { head: `${name}<${printType(type.element)}>`, constraints: bounds(type.minSize, type.maxSize, " size") };
    }
    case "literals":
      return { head: type.values.map((value) => JSON.stringify(value)).join(" | "), constraints: "" };
    case "record": {
      const fields = type.fields.map((field) => `${fieldName(field.name)}: ${printType(field.type)}`);
      return { head: fields.length === 0 ? "{ }" : `{ ${fields.join(", ")} }`, constraints: "" };
    }
    case "newtype":
      return { head: type.name, constraints: "" };
    case "optional": {
      const inner = parts(type.type);
      const head = type.type.kind === "literals" && type.type.values.length > 1 ? `(${inner.head})` : inner.head;
      return { head: `${head}?`, constraints: inner.constraints };
    }
    case "range":
      return { head: `range of ${printType(type.element)}`, constraints: "" };
    case "principal":
      return { head: "principal", constraints: "" };
    case "secret":
      return { head: "secret", constraints: "" };
    case "poison":
      return { head: "?", constraints: "" };
    case "bool":
    case "network":
    case "regex":
    default:
      return { head: BUILT_IN_NAMES[type.kind], constraints: "" };
  }
}

function bounds(min: number | undefined, max: number | undefined, word: string): string {
  return min === undefined || max === undefined ? limits(min, max) : `${word} ${min}..${max}`;
}

function limits(min: number | undefined, max: number | undefined): string {
  return `${min === undefined ? "" : ` min ${min}`}${max === undefined ? "" : ` max ${max}`}`;
}

function fieldName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}
