/** `set header` on requests and answers: the nearest level wins for a name (D22, D47). */
import type { Scope, Transform } from "../model/program.ts";
import { transformsOf } from "./deprecation.ts";
import { evaluate } from "./evaluate.ts";
import type { Scene } from "./scene.ts";
import { textOf } from "./texts.ts";

/** No value: the field is removed. A name that gets several values is there several times. */
export type SetHeader = { readonly name: string; readonly value: string | undefined };

/** The transforms of a route, each name once, sorted by name. `levels`: outermost first. */
export function effectiveTransforms(levels: readonly Scope[], on: Transform["on"]): readonly Transform[] {
  const all = levels.flatMap((level) => transformsOf(level, levels)).filter((transform) => transform.on === on);
  const nearest = all.filter((transform, at) => !all.slice(at + 1).some(({ name }) => name === transform.name));
  return nearest.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Undefined where a value cannot stand in a header field: a control character, or one beyond latin1. */
export function setHeaders(transforms: readonly Transform[], scene: Scene): readonly SetHeader[] | undefined {
  const set = transforms.flatMap((transform): readonly SetHeader[] => {
    const values = valuesOf(transform, scene);
    return values.length === 0 ? [{ name: transform.name, value: undefined }] : values.map((value) => ({ name: transform.name, value }));
  });
  return set.every(({ value = "" }) => /^[\x20-\x7e\x80-\xff]*$/.test(value)) ? set : undefined;
}

/** A text that is there is one value, a list as many as it has. */
export function valuesOf({ value }: Transform, scene: Scene): readonly string[] {
  const found = evaluate(value, scene, undefined);
  if (Array.isArray(found)) return found.map(String);
  const text = textOf(found, value.type);
  return text === undefined ? [] : [text];
}

/** On answers: which fields get the values of which others. */
export function movedFields(transforms: readonly Transform[]): readonly (readonly [to: string, from: string])[] {
  return transforms.flatMap(({ name, from }) => (from === undefined ? [] : [[name, from] as const]));
}
