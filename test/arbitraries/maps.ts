/** What routes of a generated program make of bodies. */
import type { Choices } from "./choices.ts";
import type { Field } from "./fields.ts";
import type { Surroundings } from "./surroundings.ts";
import { HEADERS, quoted } from "./vocabulary.ts";

/** Sorted otherwise by code units than by code points, by letters or as numbers. */
const NAMES = ["b", '"a b"', '"\u00e9"', '"10"', '"2"', '"\ud83d\ude00"', '"\uffee"', "constructor"] as const;

export function mapLines(c: Choices, method: string, at: Surroundings): readonly string[] {
  if (!["POST", "PUT", "PATCH"].includes(method) || !c.chance(1, 3)) return [];
  return [`map body { ${membersOf(c, at, []).join(", ")} }`];
}

/** A field, and what has it. */
export type Source = Field & { readonly root: string };

export function membersOf(c: Choices, at: Surroundings, more: readonly Source[]): readonly string[] {
  const parts = [
    ...at.parameters.map(({ name }) => `params.${name}`),
    ...(at.identities.length === 0 ? [] : ["principal.id"]),
    ...more.map((field) => ofField(c, field)),
    ...at.body.map((field) => ofField(c, { ...field, root: "body" })),
    ...c.some(0, 2, () => loose(c)),
  ];
  const members = parts.slice(0, NAMES.length).map((part, index) => `${NAMES[(index + parts.length) % NAMES.length] ?? ""}: ${part}`);
  return ["mapped: true", ...members];
}

function loose(c: Choices): string {
  const header = `header(${quoted(c.pick(HEADERS))})`;
  const texts = [`optional ${header}`, `${header} ?? "none"`, 'if has query("q") then { q: query("q") ?? "" } else { q: "" }'];
  return c.pick([...texts, "client.ip", "time.now", "{ inner: { method: method.text(), list: [1, 2] } }", 'queries("q")']);
}

function ofField(c: Choices, { name, type, isOptional, root }: Source): string {
  const whole = isOptional ? `optional ${root}.${name}` : `${root}.${name}`;
  if (c.chance(1, 3)) return whole;
  const list = isOptional ? `(${root}.${name} ?? [])` : `${root}.${name}`;
  switch (type.kind) {
    case "records":
      return `${list}.map(row: ${c.pick(["{ n: row.n, at: optional row.at }", "row.g", '{ "at": if has row.at then row.at else time.now, of: row }'])})`;
    case "List":
    case "Set":
      return `${list}.map(row: ${c.pick(["row", "{ v: row, w: client.ip }"])})`;
    case "record":
      return isOptional ? whole : `{ n: ${root}.${name}.n, at: optional ${root}.${name}.at }`;
    case "scalar":
      return isOptional ? `if has ${root}.${name} then { v: [${root}.${name}] } else { v: [] }` : `{ v: ${root}.${name} }`;
    case "Map":
      return whole;
  }
}
