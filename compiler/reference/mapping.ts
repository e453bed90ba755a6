/** Records and lists that mappings make (D320). What is absent is no member and no element. */
import type { Expr } from "../model/expression.ts";
import type { Value } from "../model/types.ts";
import type { Result } from "./result.ts";
import type { Scene } from "./scene.ts";
import { isItems } from "./values.ts";

export function recordOf(fields: Readonly<Record<string, Expr>>, value: (part: Expr) => Result): Value {
  const members = Object.entries(fields).flatMap(([name, part]) => [value(part)].filter(isPlain).map((plain) => [name, plain] as const));
  return Object.fromEntries(members);
}

export function eachOf(collection: Result, value: (item: Value) => Result): Value | undefined {
  return isItems(collection) ? collection.flatMap((item) => [value(item)].filter(isPlain)) : undefined;
}

/** `depth`: how many elements are around. */
export function withItem(scene: Scene, depth: number, item: Value): Scene {
  return { ...scene, items: [...(scene.items ?? []).slice(0, depth), item] };
}

export function isPlain(value: Result): value is Value {
  return value !== undefined && typeof value !== "function";
}
