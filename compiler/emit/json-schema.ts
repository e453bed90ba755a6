/**
 * Types as JSON Schema 2020-12. Promises: accepts exactly the JSON values of the type (D16, D42). Records are closed, so
 * nothing unchecked goes through. Formats are ours: `gwl-ip` and the like are functions of the runtime.
 */
import type { ScalarKind, Type } from "../model/types.ts";

export type JsonSchema = { readonly [keyword: string]: unknown };

const mostInt = Number.MAX_SAFE_INTEGER;

export function jsonSchema(type: Type): JsonSchema {
  switch (type.kind) {
    case "bool":
      return { type: "boolean" };
    case "int":
      return { type: "integer", minimum: Math.max(type.min ?? -mostInt, -mostInt), maximum: Math.min(type.max ?? mostInt, mostInt) };
    case "decimal":
      return { type: "number", ...given("minimum", type.min), ...given("maximum", type.max) };
    case "string":
      return {
        type: "string",
        ...given("minLength", type.minLength),
        ...given("maxLength", type.maxLength),
        ...given("pattern", type.pattern),
      };
    case "literals":
      return { type: [...new Set(type.values.map((value) => (typeof value === "string" ? "string" : "number")))], enum: type.values };
    case "list":
    case "set":
      return {
        type: "array",
        items: jsonSchema(type.element),
        ...given("minItems", type.minSize),
        ...given("maxItems", type.maxSize),
        ...repeats(type),
      };
    case "map":
      return {
        type: "object",
        additionalProperties: jsonSchema(type.element),
        ...given("minProperties", type.minSize),
        ...given("maxProperties", type.maxSize),
      };
    case "record":
      return recordSchema(type.fields);
    case "newtype":
      return jsonSchema(type.base);
    case "optional":
      return jsonSchema(type.type);
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
    case "poison":
      throw new Error(`a ${type.kind} is no type of a body`);
    default:
      return scalarSchema(type.kind);
  }
}

function scalarSchema(kind: ScalarKind): JsonSchema {
  switch (kind) {
    case "duration":
    case "size":
      return { type: "integer", minimum: 0, maximum: mostInt };
    case "time":
      return { type: "integer", minimum: -mostInt, maximum: mostInt };
    case "timeOfDay":
      return { type: "integer", minimum: 0, maximum: 86_399 };
    case "percent":
      return { type: "number", minimum: 0, maximum: 100 };
    case "status":
      return { type: "integer", minimum: 100, maximum: 599 };
    case "rate":
      return { type: "array", items: { type: "integer", minimum: 1, maximum: mostInt }, minItems: 2, maxItems: 2 };
    case "ip":
    case "method":
    case "url":
    case "arn":
    case "accountId":
    case "uuid":
      return { type: "string", format: `gwl-${kind}` };
  }
}

function recordSchema(fields: readonly { readonly name: string; readonly type: Type }[]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(({ name, type }) => [name, jsonSchema(type)])),
    required: fields.filter(({ type }) => type.kind !== "optional").map(({ name }) => name),
    additionalProperties: false,
  };
}

function repeats(type: Type): JsonSchema {
  return type.kind === "set" ? { uniqueItems: true } : {};
}

function given(keyword: string, value: string | number | undefined): JsonSchema {
  return value === undefined ? {} : { [keyword]: value };
}
