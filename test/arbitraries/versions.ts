/** Apis of which requests choose the version: two at one path, and what requests say of them, well and badly. */
import type { Choices } from "./choices.ts";
import type { GeneratedSegment } from "./generated.ts";
import { type Draft, grantText, type Level } from "./level.ts";
import { segmentText } from "./routes.ts";

const WAYS = [
  ['by header "X-Ver"', 'by header "X-Ver"'],
  ['by media "application/vnd.g.v1+json"', 'by media "application/vnd.g.v2+json"'],
  ['by media "text/csv"', 'by media "application/json"'],
  ['by parameter "v"', 'by parameter "v"'],
] as const;

const TAILS: readonly (readonly GeneratedSegment[])[] = [
  [],
  [{ kind: "literal", text: "a" }],
  [{ kind: "param", name: "s0", type: "Plain" }],
  [{ kind: "param", name: "s0", type: "Count" }],
  [{ kind: "rest", name: "tail" }],
];

/** Beside them a route that takes what neither of them does. */
export function versionText(draft: Draft, outer: Level): readonly string[] {
  const { c } = draft;
  if (!c.chance(1, 3)) return [];
  const usual = c.pick([-1, 0, 1]);
  const numbers = c.pick([
    [1, 2],
    [3, 2],
  ] as const);
  const apis = c.pick(WAYS).flatMap((by, at) => {
    const head = `api ver${at} at "/ver" version ${numbers[at] ?? 0} ${by}${usual === at ? " default" : ""} {`;
    return [head, ...routes(draft, outer, String(at)), "}"];
  });
  if (!c.chance(1, 2)) return apis;
  const segments: readonly GeneratedSegment[] = [
    { kind: "literal", text: "ver" },
    { kind: "param", name: "k", type: "Plain" },
    { kind: "rest", name: "tail" },
  ];
  draft.routes.push({ method: "ANY", segments });
  return [...apis, `ANY "/ver/{k: String}/{tail: Rest}" { ${grant(draft, outer)}, respond 203 }`];
}

function routes(draft: Draft, outer: Level, name: string): readonly string[] {
  const { c } = draft;
  const drawn = c.some(1, 4, () => ({ method: c.pick(["GET", "POST", "ANY", "HEAD"] as const), tail: c.pick(TAILS) }));
  const texts = new Map(drawn.map(({ method, tail }) => [`${method} "/${tail.map(segmentText).join("/")}"`, { method, tail }]));
  return [...texts].flatMap(([head, { method, tail }]) => {
    draft.routes.push({ method, segments: [{ kind: "literal", text: "ver" }, ...tail] });
    const target = c.pick([
      [" -> up", ""],
      [" -> run", ""],
      ["", `, respond 200 "${name}"`],
    ] as const);
    return [`  ${head}${target[0]} { ${grant(draft, outer)}${target[1]} }`];
  });
}

function grant(draft: Draft, { at, asksCaller, isAuthenticated }: Level): string {
  return !asksCaller && draft.c.chance(1, 2) ? 'public because "v"' : grantText(draft, { ...at, parameters: [] }, isAuthenticated);
}

const SAYINGS: readonly (readonly [string, string])[] = [
  ["X-Ver", "1"],
  ["X-Ver", "2"],
  ["x-ver", "3"],
  ["X-Ver", "02"],
  ["X-Ver", ""],
  ["Accept", "application/vnd.g.v1+json"],
  ["Accept", "application/vnd.g.v1+json;q=0.2, Application/vnd.g.V2+json;q=0.3, */*;q=0.1"],
  ["Accept", "application/vnd.g.v2+json;q=0, application/json"],
  ["Accept", "application/vnd.g.v9+json"],
  ["Accept", 'application/json;v=2, text/html;V="1"'],
  ["Accept", "application/json;v=9"],
  ["Accept", "text/html;v=9, application/*"],
  ["Accept", "text/csv, application/json;v=1;q=0.5"],
  ["Content-Type", "application/vnd.g.v2+json"],
  ["Content-Type", "application/json; v=1"],
  ["Content-Type", "text/csv;v=9"],
];

export function versionHeaders(c: Choices): readonly (readonly [string, string])[] {
  return c.chance(1, 2) ? c.some(1, 2, () => c.pick(SAYINGS)) : [];
}
