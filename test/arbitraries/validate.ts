/** What routes of a generated program take beside their bodies, and what clients say that they take. */
import type { Choices } from "./choices.ts";

const TYPES = ["String max 3", "Int 0..5", "Bool", "Grade", "Code", '"a" | "b"', "Ip", "String"] as const;

export function validateLines(c: Choices): readonly string[] {
  if (!c.chance(1, 4)) return [];
  const optional = (type: string): string =>
    type.includes("|") ? `(${type})?` : /[0-9]$/.test(type) ? type.replace(/^\w+/, "$&?") : `${type}?`;
  const shape = (): string => {
    const type = c.pick(TYPES);
    if (c.chance(1, 4)) return `List<${type}>${c.chance(1, 2) ? " size 1..2" : ""}`;
    return c.chance(2, 3) ? optional(type) : type;
  };
  const settings = [
    ...(c.chance(2, 3) ? [`headers { "X-A": ${shape()}, "X-B": ${shape()} }`] : []),
    ...(c.chance(2, 3) ? [`query { q: ${shape()} }`] : []),
    ...(c.chance(1, 5) ? ['consumes: ["application/json", "text/csv"]'] : []),
    ...(c.chance(2, 3) ? ['produces: ["application/json", "text/csv"]'] : []),
  ];
  return settings.length === 0 ? [] : [`validate { ${settings.join(", ")} }`];
}

const ACCEPTS = [
  "application/json",
  "*/*;q=0",
  "text/*;q=0.5, application/json;q=0",
  "text/html",
  "Text/CSV ; Q=1.000",
  "application/json;q=2",
  "*/json, ;q=1",
  "application/*, text/csv;q=0",
  "",
] as const;

export function acceptHeaders(c: Choices): readonly (readonly [string, string])[] {
  return c.chance(1, 2) ? c.some(1, 2, () => ["Accept", c.pick(ACCEPTS)] as const) : [];
}
