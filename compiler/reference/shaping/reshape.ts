/** The path and query that the backend gets, where the route says others (D222). */
import type { PathPart, Transform } from "../../model/program.ts";
import { evaluate } from "../evaluate.ts";
import { queryFields } from "../query.ts";
import type { Scene } from "../scene.ts";
import { textOf } from "../texts.ts";
import { valuesOf } from "../transforms.ts";

/** What stood under a changed name is gone; its values, if it has any, come at the end. */
export function changedQuery(query: string | undefined, changes: readonly Transform[], scene: Scene): string | undefined {
  if (changes.length === 0) return query;
  const parts = (query ?? "").split("&").filter((part) => part !== "");
  const kept = parts.filter((part) => !changes.some(({ name }) => queryFields(part).some((field) => field.name === name)));
  const added = changes.flatMap((change) => valuesOf(change, scene).map((value) => `${escaped(change.name)}=${escaped(value)}`));
  return kept.length + added.length > 0 ? [...kept, ...added].join("&") : undefined;
}

export function rewrittenPath(parts: readonly PathPart[], scene: Scene): string {
  const texts = parts.map((part) => {
    if (part.kind === "literal") return part.text;
    const text = textOf(evaluate(part.value, scene, undefined), part.value.type) ?? "";
    return part.kind === "rest" ? text : escaped(text);
  });
  return `/${texts.filter((text) => text !== "").join("/")}`;
}

/** Byte by byte, but for what RFC 3986 section 2.3 calls unreserved. */
function escaped(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
