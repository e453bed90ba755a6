/** Whole programs: the gateway, its apis, groups and routes, and the rules at every level. Every stream of choices gives one. */
import type { Choices } from "./choices.ts";
import {
  bodyShape,
  bodyTypeText,
  identityDeclarations,
  identityText,
  networkDeclarations,
  type NetworkShape,
  policyDeclarations,
  type PolicyShape,
  ruleText,
  useText,
} from "./declarations.ts";
import { condition, headerValue, notEverybody, type Surroundings } from "./expressions.ts";
import type { BodyShape, Generated, GeneratedRoute, GeneratedSegment } from "./generated.ts";
import { type IdentityShape, quoted, STAGES, TAG_VALUES, TYPE_LINES } from "./vocabulary.ts";

type Draft = {
  readonly c: Choices;
  readonly policies: readonly PolicyShape[];
  readonly bodies: BodyShape[];
  readonly routes: GeneratedRoute[];
  readonly shapes: Set<string>;
};

/** What outer levels have said already. */
type Level = {
  readonly at: Surroundings;
  readonly prefix: readonly GeneratedSegment[];
  readonly isAuthenticated: boolean;
  readonly grants: boolean;
  /** A require above asks who the caller is: no public route can stand below. */
  readonly asksCaller: boolean;
  readonly overridable: readonly PolicyShape[];
};

export function generateProgram(c: Choices): Generated {
  const stages = c.chance(1, 3) ? STAGES : [];
  const hasEnv = stages.length > 0 || c.chance(1, 3);
  const hasTags = c.chance(1, 2);
  const networks = networkDeclarations(c);
  const identities = identityDeclarations(c);
  const at: Surroundings = {
    networks: networks.map((shape) => shape.name),
    identities,
    parameters: [],
    body: [],
    arguments: [],
    hasStages: stages.length > 0,
    hasTags,
    hasEnv,
  };
  const policies = policyDeclarations(c, at);
  const draft: Draft = { c, policies, bodies: [], routes: [], shapes: new Set() };
  const trusted = networks.length > 0 && c.chance(1, 3) ? networks[0] : undefined;
  const hosts = c.chance(1, 3) ? ["shop.example"] : [];
  const bodyLimit = c.pick([1024, 64]);
  const tree = gatewayText(draft, at, { trusted, hosts, bodyLimit, hasStages: stages.length > 0 });
  const lines = [
    "gwl 1",
    ...TYPE_LINES,
    ...(hasEnv ? [stages.length > 0 ? "env LEVEL: Int = stage { dev: 1, prod: 5 }" : "env LEVEL: Int", 'env REGION: String = "a"'] : []),
    ...identities.filter((identity) => identity.keys === "secret").map((identity) => `secret KEY_${identity.name.toUpperCase()}: String`),
    ...(hasTags ? [`tag data: ${TAG_VALUES.map(quoted).join(" | ")}`] : []),
    ...networks.map((shape) => shape.line),
    ...identities.map(identityText),
    ...draft.bodies.map(bodyTypeText),
    ...policies.map((policy) => policy.text),
    'backend up = http { targets: ["http://127.0.0.1:9"] }',
    ...tree,
  ];
  return {
    files: { "gateway.gwl": `${lines.join("\n")}\n`, ...listFiles(networks) },
    main: "gateway.gwl",
    identities,
    routes: draft.routes,
    blocks: networks.flatMap((shape) => shape.blocks),
    hosts,
    stages,
    needsEnvironment: hasEnv,
    trustsProxies: trusted !== undefined,
    bodyLimit,
  };
}

function listFiles(networks: readonly NetworkShape[]): Readonly<Record<string, string>> {
  return Object.fromEntries(networks.flatMap((shape) => (shape.list === undefined ? [] : [[shape.list.path, shape.list.text]])));
}

type GatewayChoices = {
  readonly trusted: NetworkShape | undefined;
  readonly hosts: readonly string[];
  readonly bodyLimit: number;
  readonly hasStages: boolean;
};

function gatewayText(draft: Draft, at: Surroundings, { trusted, hosts, bodyLimit, hasStages }: GatewayChoices): readonly string[] {
  const { c } = draft;
  const isAuthenticated = at.identities.length > 0 && c.chance(4, 5);
  const here: Surroundings = { ...at, identities: isAuthenticated ? at.identities : [] };
  const outer: Level = { at: here, prefix: [], isAuthenticated, grants: false, asksCaller: false, overridable: [] };
  const { lines, level } = statements(draft, outer, { mayGrant: c.chance(1, 4), mayApply: true });
  const settings = [
    "  listen 8080",
    ...(hosts.length === 0 ? [] : [hasStages ? '  host: stage { dev: "shop.example", prod: "shop.example" }' : '  host: "shop.example"']),
    ...(trusted === undefined ? [] : [`  trust proxies ${trusted.name}`]),
    `  limits { body: ${bodyLimit}B, headers: 2KiB }`,
    ...(c.chance(1, 4) ? ["  paths { dot_segments: resolve, empty_segments: merge, semicolons: allow }"] : []),
    ...(c.chance(1, 4) ? ["  paths { trailing_slash: refuse }"].filter(() => c.chance(1, 2)) : []),
    ...(c.chance(1, 3) ? ["  explain refusals"] : []),
    ...(isAuthenticated
      ? [
          `  accept ${inSomeOrder(
            c,
            at.identities.map((identity) => identity.name),
          ).join(" or ")}`,
        ]
      : []),
  ];
  const apis = c.some(1, 3, (index) => apiText(draft, { ...level, prefix: [{ kind: "literal", text: `api${index}` }] }, index)).flat();
  const loose = c.chance(1, 2) ? routeText(draft, level, "") : [];
  return [
    "gateway g {",
    ...settings.filter(
      (line, index) => !(line.startsWith("  paths") && settings.findIndex((other) => other.startsWith("  paths")) !== index),
    ),
    ...lines,
    "}",
    ...apis,
    ...loose,
  ];
}

function apiText(draft: Draft, outer: Level, index: number): readonly string[] {
  const { c } = draft;
  const { lines, level } = statements(draft, narrowed(draft, outer), { mayGrant: c.chance(1, 3), mayApply: true });
  const groups = c
    .some(0, 1, (number) => groupText(draft, { ...level, prefix: [...level.prefix, { kind: "literal", text: `g${number}` }] }, number))
    .flat();
  const routes = c.some(1, 4, () => routeText(draft, level, "  ")).flat();
  return [`api api${index} at "/api${index}"${c.chance(1, 4) ? " version 2" : ""} {`, ...lines, ...groups, ...routes, "}"];
}

function groupText(draft: Draft, outer: Level, number: number): readonly string[] {
  const { c } = draft;
  const { lines, level } = statements(draft, outer, { mayGrant: c.chance(1, 3), mayApply: false });
  return [`  group "/g${number}" {`, ...lines, ...c.some(1, 3, () => routeText(draft, level, "  ")).flat(), "  }"];
}

/** A level may accept fewer identities than the one around it. */
function narrowed(draft: Draft, outer: Level): Level {
  const { c } = draft;
  if (!outer.isAuthenticated || outer.at.identities.length < 2 || !c.chance(1, 4)) return outer;
  return { ...outer, at: { ...outer.at, identities: outer.at.identities.slice(0, 1) } };
}

function statements(
  draft: Draft,
  outer: Level,
  may: { readonly mayGrant: boolean; readonly mayApply: boolean },
): { readonly lines: readonly string[]; readonly level: Level } {
  const { c } = draft;
  const rules = c.some(
    0,
    c.chance(1, 3) ? 2 : 0,
    (index) => `  ${ruleText(c, c.pick(["deny", "require"]), condition(c, outer.at, 2), `outer ${index}`)}`,
  );
  const lines: string[] = [...rules];
  let asksCaller = outer.asksCaller || rules.some((line) => line.includes("principal"));
  const overridable = [...outer.overridable];
  const forbidding = draft.policies.filter((policy) => policy.forbids && !policy.allows);
  const bring = (keyword: string, suffix: string): void => {
    const policy = c.pick(forbidding);
    if (policy.isOverridable) overridable.push(policy);
    asksCaller ||= policy.asksCaller;
    lines.push(`  ${keyword} ${useText(c, policy, outer.at)}${suffix}`);
  };
  if (forbidding.length > 0 && c.chance(1, 4)) bring("use", "");
  if (forbidding.length > 0 && may.mayApply && c.chance(1, 3))
    bring("apply", ` to routes where ${c.pick(["method != OPTIONS", "method == GET or method == POST", 'route.path != "/zz"'])}`);
  if (outer.overridable.length > 0 && c.chance(1, 3)) lines.push(`  override ${c.pick(outer.overridable).name} because "here it may"`);
  if (outer.at.hasTags && c.chance(1, 2)) lines.push(`  tags { data: ${quoted(c.pick(TAG_VALUES))} }`);
  if (c.chance(1, 4)) lines.push(...transformLines(c, outer.at));
  if (outer.isAuthenticated && outer.prefix.length === 1 && outer.at.identities.length === 1)
    lines.push(`  accept ${outer.at.identities[0]?.name}`);
  if (may.mayGrant) lines.push(`  ${grantText(draft, outer.at, outer.isAuthenticated)}`);
  return { lines, level: { ...outer, overridable, asksCaller, grants: outer.grants || may.mayGrant } };
}

function transformLines(c: Choices, at: Surroundings): readonly string[] {
  return [
    `  set ${c.pick(["header", "response header", "request header"].slice(0, 2))} ${quoted(c.pick(["X-Set", "X-A", "X-Other"]))} = ${headerValue(c, at)}`,
  ];
}

function grantText(draft: Draft, at: Surroundings, isAuthenticated: boolean): string {
  const { c } = draft;
  const allowing = draft.policies.filter((policy) => policy.allows);
  if (allowing.length > 0 && c.chance(1, 3)) return `use ${useText(c, c.pick(allowing), at)}`;
  if (isAuthenticated && c.chance(1, 3)) return "allow";
  return ruleText(c, "allow", notEverybody(condition(c, at, 3)), "granted");
}

function routeText(draft: Draft, outer: Level, indent: string): readonly string[] {
  const { c } = draft;
  const method = c.pick(["GET", "POST", "PUT", "DELETE", "ANY", "HEAD", "PATCH", "OPTIONS", "GET", "POST", "POST"]);
  const segments = freshSegments(draft, outer.prefix, method);
  if (segments === undefined) return [];
  const hasBody = (method === "POST" || method === "PUT" || method === "PATCH") && c.chance(2, 3);
  const body = hasBody ? bodyShape(c, `Body${draft.bodies.length}`) : undefined;
  if (body !== undefined) draft.bodies.push(body);
  draft.routes.push({ method, segments: [...outer.prefix, ...segments], ...(body === undefined ? {} : { body }) });
  const isPublic = !outer.asksCaller && c.chance(1, 5);
  const at: Surroundings = {
    ...outer.at,
    identities: isPublic ? [] : outer.at.identities,
    parameters: [...outer.prefix, ...segments].flatMap((segment) =>
      segment.kind === "literal" ? [] : [{ name: segment.name, type: segment.kind === "rest" ? ("Rest" as const) : segment.type }],
    ),
    body: body?.fields ?? [],
  };
  const { lines } = statements(
    draft,
    { ...outer, at, prefix: [], isAuthenticated: outer.isAuthenticated && !isPublic },
    { mayGrant: false, mayApply: false },
  );
  const grants = isPublic
    ? ['public because "open"']
    : outer.grants && c.chance(1, 2)
      ? []
      : c.some(1, 3, () => grantText(draft, at, outer.isAuthenticated));
  const answer = c.chance(1, 6)
    ? { target: "", line: [`respond ${c.pick(["200", '201 "made"', '202 { a: 1, b: "x" }'])}`] }
    : { target: " -> up", line: [] };
  const path = `/${segments.map(segmentText).join("/")}`;
  const inner = [...lines.map((line) => line.trim()), ...grants, ...answer.line];
  return [
    `${indent}${method} ${quoted(path)}${body === undefined ? "" : ` body ${body.typeName}`}${answer.target} {`,
    ...inner.map((line) => `${indent}  ${line}`),
    `${indent}}`,
  ];
}

const LITERALS = ["a", "b", "x-1", "%C3%A9", "a.b"] as const;
const TYPED = ["Int", "Grade", "Bool", "Ip"] as const;
const TYPED_TEXT = { Int: "Int 0..100", Grade: "Grade", Bool: "Bool", Ip: "Ip", Code: "Code" } as const;

function freshSegments(draft: Draft, prefix: readonly GeneratedSegment[], method: string): readonly GeneratedSegment[] | undefined {
  const { c } = draft;
  const segments: GeneratedSegment[] = [];
  const length = c.below(4);
  for (let index = 0; index < length; index++) segments.push(segment(c, index));
  if (c.chance(1, 6)) segments.push({ kind: "rest", name: "tail" });
  const shape = `${method} ${[...prefix, ...segments].map(shapeOf).join("/")}`;
  if (draft.shapes.has(shape)) return undefined;
  draft.shapes.add(shape);
  return segments;
}

function segment(c: Choices, index: number): GeneratedSegment {
  if (c.chance(1, 4)) return { kind: "param", name: `s${index}`, type: "Plain" };
  if (c.chance(1, 4)) return { kind: "param", name: `s${index}`, type: c.pick(TYPED) };
  return { kind: "literal", text: c.pick(LITERALS) };
}

function shapeOf(segment: GeneratedSegment): string {
  return segment.kind === "literal" ? segment.text : segment.kind === "rest" ? "**" : segment.type === "Plain" ? "*" : `{${segment.type}}`;
}

function segmentText(segment: GeneratedSegment): string {
  if (segment.kind === "literal") return segment.text;
  if (segment.kind === "rest") return `{${segment.name}: Rest}`;
  return segment.type === "Plain"
    ? `{${segment.name}: String}`
    : `{${segment.name}: ${TYPED_TEXT[segment.type as keyof typeof TYPED_TEXT] ?? segment.type}}`;
}

export function identityNamed(generated: Generated, name: string): IdentityShape | undefined {
  return generated.identities.find((identity) => identity.name === name);
}

function inSomeOrder<T>(c: Choices, list: readonly T[]): readonly T[] {
  return c.chance(1, 2) ? [...list].reverse() : list;
}
