/** What becomes of headers, query and path in a generated program. */
import type { Choices } from "./choices.ts";
import { headerValue } from "./expressions.ts";
import type { GeneratedSegment } from "./generated.ts";
import type { Surroundings } from "./surroundings.ts";
import { quoted } from "./vocabulary.ts";

const FIELDS = ["X-Set", "X-A", "X-B", "X-Other", "X-Why"] as const;
const QUERY_NAMES = ["q", "page", "a b", "\u00e9"] as const;

export function changeLine(c: Choices, at: Surroundings): string {
  const place = c.pick(["header", "header", "response header", "query"] as const);
  const names = place === "query" ? QUERY_NAMES : FIELDS;
  const name = c.pick(names);
  switch (c.pick(["set", "set", "set", "remove", "rename"] as const)) {
    case "set":
      return `  set ${place} ${quoted(name)} = ${headerValue(c, at)}`;
    case "remove":
      return `  remove ${place} ${quoted(name)}`;
    case "rename": {
      const other = c.pick(names.filter((one) => one !== name));
      return `  rename ${place} ${quoted(name)} to ${quoted(other)}`;
    }
  }
}

/** `segments`: of the whole path. */
export function rewriteLines(c: Choices, segments: readonly GeneratedSegment[]): readonly string[] {
  if (!c.chance(1, 8)) return [];
  const last = segments.at(-1);
  const parameters = segments.flatMap((part) => (part.kind === "param" ? [`{${part.name}}`] : []));
  const parts = [
    "v2",
    ...(c.chance(1, 2) ? parameters.toReversed() : parameters),
    ...(last?.kind === "rest" ? [`{${last.name}}`] : ["%C3%A9"]),
  ];
  return [`rewrite path ${quoted(`/${parts.join("/")}`)}`];
}
