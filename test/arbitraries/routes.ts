/** Routes of a generated program: their paths, bodies, rules and answers. */
import { returnsLines } from "./answers.ts";
import type { Choices } from "./choices.ts";
import { rewriteLines } from "./changes.ts";
import { cacheLines } from "./caches.ts";
import { composeLines } from "./composed.ts";
import { bodyShape } from "./declarations.ts";
import type { GeneratedSegment } from "./generated.ts";
import { type Draft, grantText, type Level, statements } from "./level.ts";
import { mapLines } from "./maps.ts";
import { validateLines } from "./validate.ts";
import { IN_PATHS, type Scalar, scalarType } from "./scalars.ts";
import type { IdentityShape } from "./vocabulary.ts";
import type { Surroundings } from "./surroundings.ts";
import { quoted } from "./vocabulary.ts";

const METHODS = ["GET", "POST", "PUT", "DELETE", "ANY", "HEAD", "PATCH", "OPTIONS", "GET", "POST", "POST"] as const;

/** Empty where such a route is there already. */
export function routeText(draft: Draft, outer: Level, indent: string): readonly string[] {
  const { c } = draft;
  const method = c.pick(METHODS);
  const segments = freshSegments(draft, outer.prefix, method);
  if (segments === undefined) return [];
  const hasBody = (method === "POST" || method === "PUT" || method === "PATCH") && c.chance(2, 3);
  const body = hasBody ? bodyShape(c, `Body${draft.bodies.length}`) : undefined;
  if (body !== undefined) draft.bodies.push(body);
  const answer = answerOf(c, method);
  const isUpgrade = answer.target === " -> live";
  const about = { ...(body === undefined ? {} : { body }), ...(isUpgrade ? { isUpgrade } : {}) } as const;
  draft.routes.push({ method, segments: [...outer.prefix, ...segments], ...about });
  const isPublic = !outer.asksCaller && c.chance(1, 5);
  const seen: Surroundings = {
    ...outer.at,
    identities: isPublic ? [] : outer.at.identities,
    parameters: parametersOf([...outer.prefix, ...segments]),
    body: body?.fields ?? [],
  };
  const isAuthenticated = outer.isAuthenticated && !isPublic;
  const { accept, at } = isAuthenticated ? narrowed(c, seen) : { accept: [], at: seen };
  const { lines } = statements(draft, { ...outer, at, isAuthenticated }, { grant: "nothing", apply: false });
  const returned = returnsLines(draft, at, answer.target);
  const composed = answer.isComposed === true ? composeLines(draft, at, [...outer.prefix, ...segments]) : undefined;
  const route = draft.routes.at(-1);
  if (returned.shape !== undefined && route !== undefined) draft.routes[draft.routes.length - 1] = { ...route, returns: returned.shape };
  if (composed !== undefined && route !== undefined) draft.routes[draft.routes.length - 1] = { ...route, parts: composed.parts };
  const inner = [
    ...accept,
    ...lines.map((line) => line.trim()),
    ...grants(draft, outer, at, isPublic),
    ...(composed?.lines ?? rewriteLines(c, [...outer.prefix, ...segments])),
    ...validateLines(c),
    ...(answer.target === "" ? [] : mapLines(c, method, at)),
    ...returned.lines,
    ...(method === "GET" && returned.lines.length === 0 ? cacheLines(c, answer.target, at, isAuthenticated && !outer.isOpen) : []),
    ...answer.lines,
  ];
  const head = `${indent}${method} ${quoted(`/${segments.map(segmentText).join("/")}`)}${body === undefined ? "" : ` body ${body.typeName}`}`;
  return [`${head}${answer.target} {`, ...inner.map((line) => `${indent}  ${line}`), `${indent}}`];
}

function grants(draft: Draft, outer: Level, at: Surroundings, isPublic: boolean): readonly string[] {
  if (isPublic) return ['public because "open"'];
  if (outer.grants && draft.c.chance(1, 2)) return [];
  return draft.c.some(1, 3, () => grantText(draft, at, outer.isAuthenticated));
}

type Answered = { readonly target: string; readonly lines: readonly string[]; readonly isComposed?: true };

function answerOf(c: Choices, method: string): Answered {
  if (c.chance(1, 6)) return { target: "", lines: [`respond ${c.pick(["200", '201 "made"', '202 { a: 1, b: "x" }'])}`] };
  if (method === "GET" && c.chance(1, 4)) return { target: "", lines: [], isComposed: true };
  if (method === "GET" && c.chance(1, 3)) return { target: " -> live", lines: [] };
  return { target: c.pick([" -> up", " -> up", " -> run", " -> gone"]), lines: [] };
}

/** A level may accept fewer identities than the one around it. */
export function narrowed(c: Choices, at: Surroundings): { readonly accept: readonly string[]; readonly at: Surroundings } {
  const { identities } = at;
  if (identities.length < 2 || !c.chance(1, 4)) return { accept: [], at };
  const [one, other] = identities;
  if (one !== undefined && other !== undefined && one.header !== other.header && c.chance(1, 2)) {
    const both: IdentityShape = { ...one, partner: other };
    const third = c.chance(1, 2) ? identities.slice(2, 3) : [];
    const text = [
      third.length === 0 ? `${one.name} and ${other.name}` : `(${one.name} and ${other.name})`,
      ...third.map(({ name }) => name),
    ];
    return { accept: [`accept ${text.join(" or ")}`], at: { ...at, identities: [both, ...third] } };
  }
  const fewer = (c.chance(1, 2) ? identities.slice(1) : identities.slice(0, 1)).map(alone);
  return { accept: [`accept ${fewer.map(({ name }) => name).join(" or ")}`], at: { ...at, identities: fewer } };
}

function alone(identity: IdentityShape): IdentityShape {
  const { partner, ...rest } = identity;
  return partner === undefined ? identity : rest;
}

export function parametersOf(segments: readonly GeneratedSegment[]): Surroundings["parameters"] {
  return segments.flatMap((part) => {
    if (part.kind === "literal") return [];
    return [{ name: part.name, type: part.kind === "rest" ? ("Rest" as const) : part.type }];
  });
}

const LITERALS = ["a", "b", "x-1", "%C3%A9", "a.b"] as const;

function freshSegments(draft: Draft, prefix: readonly GeneratedSegment[], method: string): readonly GeneratedSegment[] | undefined {
  const { c } = draft;
  const segments: GeneratedSegment[] = [];
  const length = c.below(4);
  for (let index = 0; index < length; index++) segments.push(segment(c, index));
  if (c.chance(1, 6)) segments.push({ kind: "rest", name: "tail" });
  const shape = `${method} ${[...prefix, ...segments].map(shapeText).join("/")}`;
  if (draft.shapes.has(shape)) return undefined;
  draft.shapes.add(shape);
  return segments;
}

function segment(c: Choices, index: number): GeneratedSegment {
  if (c.chance(1, 4)) return { kind: "param", name: `s${index}`, type: "Plain" };
  if (c.chance(1, 4)) return { kind: "param", name: `s${index}`, type: c.pick(IN_PATHS) };
  return { kind: "literal", text: c.pick(LITERALS) };
}

const NUMBERS: ReadonlySet<Scalar | "Plain"> = new Set(["Int", "Step", "Count"]);

/** Two routes of one shape could both fit a request, and such a program is refused. */
function shapeText(part: GeneratedSegment): string {
  if (part.kind === "literal") return part.text;
  if (part.kind === "rest") return "**";
  return part.type === "Plain" ? "*" : NUMBERS.has(part.type) ? "{number}" : `{${part.type}}`;
}

export function segmentText(part: GeneratedSegment): string {
  if (part.kind === "literal") return part.text;
  if (part.kind === "rest") return `{${part.name}: Rest}`;
  return part.type === "Plain" ? `{${part.name}: String}` : `{${part.name}: ${scalarType(part.type, false)}}`;
}
