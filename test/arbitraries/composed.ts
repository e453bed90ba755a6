/** Answers of a generated program that are made of parts. */
import type { Choices } from "./choices.ts";
import { bodyShape } from "./declarations.ts";
import { headerValue } from "./expressions.ts";
import type { BodyShape, GeneratedSegment } from "./generated.ts";
import type { Draft } from "./level.ts";
import { membersOf, type Source } from "./maps.ts";
import type { Surroundings } from "./surroundings.ts";
import { quoted } from "./vocabulary.ts";

/** Every object inherits one of them. */
const PARTS = ["z_1", "constructor", "a"] as const;

export type Composed = { readonly lines: readonly string[]; readonly parts: readonly BodyShape[] };

/** `segments`: of the whole path. */
export function composeLines(draft: Draft, at: Surroundings, segments: readonly GeneratedSegment[]): Composed {
  const { c } = draft;
  const parts = PARTS.slice(0, 1 + c.below(PARTS.length)).map((name) => {
    const shape = bodyShape(c, `Body${draft.bodies.length}`);
    draft.bodies.push(shape);
    const absence = c.pick([
      "",
      "",
      " optional",
      " optional on 404",
      " optional on [500, 404]",
      " decides on 404",
      " decides on [429, 404]",
    ]);
    const size = c.chance(1, 3) ? " within 100B" : "";
    const line = `  ${name}: GET ${pathOf(c, segments, at)}${queryOf(c, at)} -> ${c.pick(["side", "run"])} returns ${shape.typeName}${size}${absence}`;
    return { name, shape, line, isOptional: absence.startsWith(" optional") };
  });
  const sources = parts.flatMap(({ name, shape, isOptional }): readonly Source[] => {
    const whole: Source = { name, isOptional: true, type: { kind: "Map", of: "Int" }, root: "response.body" };
    return isOptional ? [whole] : shape.fields.map((field) => ({ ...field, root: `response.body.${name}` }));
  });
  const map = c.chance(2, 3) ? [`map response body { ${membersOf(c, at, sources).join(", ")} }`] : [];
  return { lines: ["compose {", ...parts.map(({ line }) => line), "}", ...map], parts: parts.map(({ shape }) => shape) };
}

function pathOf(c: Choices, segments: readonly GeneratedSegment[], at: Surroundings): string {
  const parameters = segments.flatMap((part) => (part.kind === "param" ? [`{${part.name}}`] : []));
  const last = segments.at(-1);
  if (c.chance(1, 3)) {
    const text = c.pick([
      "path",
      'concat("a ", path)',
      'header("X-A") ?? "none"',
      'query("q") ?? ".."',
      "client.ip.text()",
      ...ofCaller(at),
    ]);
    return `${quoted("/{own}/x")} path { own: ${text} }`;
  }
  return quoted(
    `/${["part", ...c.pick([parameters, []]), ...(last?.kind === "rest" && c.chance(1, 2) ? [`{${last.name}}`] : [])].join("/")}`,
  );
}

function ofCaller({ identities }: Surroundings): readonly string[] {
  return identities.length === 0 ? [] : ["principal.id"];
}

function queryOf(c: Choices, at: Surroundings): string {
  if (c.chance(1, 3)) return "";
  const names = ["q", '"a b"', "limit"].slice(0, 1 + c.below(3));
  return ` query { ${names.map((name) => `${name}: ${headerValue(c, at)}`).join(", ")} }`;
}
