/** Whole programs: the gateway, its apis, groups and routes. Every stream of choices gives one. */
import { nameLines } from "./call-names.ts";
import type { Choices } from "./choices.ts";
import {
  bodyTypeText,
  constantDeclarations,
  environmentDeclarations,
  fixedNames,
  identityDeclarations,
  identityText,
  storeName,
  networkDeclarations,
  type NetworkShape,
  policyDeclarations,
} from "./declarations.ts";
import { doorLines } from "./doors.ts";
import { websocketLine } from "./handshakes.ts";
import { INNER } from "./fields.ts";
import type { Generated, GeneratedSegment } from "./generated.ts";
import { type Draft, type Level, type May, statements } from "./level.ts";
import { releaseLines } from "./releases.ts";
import { narrowed, parametersOf, routeText, segmentText } from "./routes.ts";
import type { IdentityShape } from "./vocabulary.ts";
import type { Surroundings } from "./surroundings.ts";
import { versionText } from "./versions.ts";
import { quoted, STAGES, TAG_VALUES, TYPE_LINES } from "./vocabulary.ts";

/** `limits`: levels count calls as well; then the order of requests matters. */
export function generateProgram(c: Choices, { limits = false } = {}): Generated {
  const stages = c.chance(1, 2) ? STAGES : [];
  const hasStages = stages.length > 0;
  const environment = hasStages || c.chance(1, 2) ? environmentDeclarations(c, hasStages) : [];
  const hasTags = c.chance(1, 2);
  const hasDoors = c.chance(1, 3);
  const networks = networkDeclarations(c);
  const constants = constantDeclarations(c, networks, hasStages);
  const identities = identityDeclarations(c);
  const names = networks.map(({ name }) => name);
  const at: Surroundings = {
    networks: names,
    fixedNetworks: fixedNames(networks),
    identities,
    parameters: [],
    body: [],
    arguments: [],
    environment,
    constants,
    hasStages,
    hasTags,
    hasDoors,
  };
  const policies = policyDeclarations(c, at);
  const draft: Draft = { c, policies, bodies: [], routes: [], shapes: new Set(), limits };
  const frame: Frame = {
    trusted: c.chance(1, 3) ? fixedNames(networks)[0] : undefined,
    hosts: c.chance(1, 3) ? ["shop.example"] : [],
    bodyLimit: c.pick([1024, 64]),
    hasStages,
    listen: environment.length > 0 && c.chance(1, 3) ? "LEVEL" : "8080",
  };
  const tree = gatewayText(draft, at, frame);
  const doors = hasDoors ? doorLines(c, at) : [];
  const lines = [
    "gwl 1",
    ...TYPE_LINES,
    INNER,
    ...environment.map(({ line }) => line),
    ...identities.flatMap(secretLine),
    ...(hasTags ? [`tag data: ${TAG_VALUES.map(quoted).join(" | ")}`] : []),
    ...networks.map(({ line }) => line),
    ...constants.map(({ line }) => line),
    ...identities.map((identity) => identityText(c, identity, hasStages)),
    ...draft.bodies.map(bodyTypeText),
    ...policies.map(({ text }) => text),
    ...backendLines(c),
    ...(draft.routes.some(({ isUpgrade }) => isUpgrade) ? [websocketLine(c)] : []),
    ...(limits ? ['store counters = redis { url: "redis://127.0.0.1:6379" }'] : []),
    ...tree,
    ...releaseLines(
      c,
      at,
      tree.some((line) => line.trim().startsWith("cache ")),
    ),
    ...doors,
  ];
  return {
    files: { "gateway.gwl": `${lines.join("\n")}\n`, ...listFiles(networks) },
    main: "gateway.gwl",
    identities,
    routes: draft.routes,
    blocks: networks.flatMap((shape) => shape.blocks),
    reloaded: networks.flatMap(({ name, isReloaded }) => (isReloaded === true ? [name] : [])),
    hosts: frame.hosts,
    stages,
    environment,
    trustsProxies: frame.trusted !== undefined,
    bodyLimit: frame.bodyLimit,
    hasDoors,
  };
}

function backendLines(c: Choices): readonly string[] {
  const targets = c.pick(['"http://127.0.0.1:9"', '"http://127.0.0.1:9", "http://[::1]:9/base"']);
  const settings = [
    `targets: [${targets}]`,
    ...(c.chance(1, 3) ? ["timeout: 5s"] : []),
    ...(c.chance(1, 4) ? [`balance: hash by ${c.pick(['header("X-Key")', "client.ip.text()", 'query("k")', "principal.id"])}`] : []),
    ...(c.chance(1, 4) ? [`rewrite { ${c.pick(['"/a": "/"', '"/": "/x/y"', '"/a": "/b/c", "/a/b": "/", "/b": "/a"'])} }`] : []),
    ...(c.chance(1, 4) ? ['headers { "X-Set": "own", "Authorization": "Basic abc", "X-Zone": "z" }'] : []),
    ...(c.chance(1, 4) ? ["client_certificate: forward"] : []),
  ];
  return [
    `backend up = http { ${settings.join(", ")} }`,
    `backend run = lambda("run") { region: "eu-west-1"${c.chance(1, 2) ? ', payload: "1.0"' : ""} }`,
    'backend gone = respond { status: 410, headers { "X-Why": "moved", "X-Set": "own" }, body: "gone" }',
    `backend side = http { targets: ["http://127.0.0.1:11"]${c.chance(1, 3) ? ', balance: hash by header("X-Key")' : ""} }`,
    'backend next = http { targets: ["http://127.0.0.1:10"] }',
  ];
}

function listFiles(networks: readonly NetworkShape[]): Readonly<Record<string, string>> {
  return Object.fromEntries(networks.flatMap((shape) => (shape.list === undefined ? [] : [[shape.list.path, shape.list.text]])));
}

function secretLine(identity: IdentityShape): readonly string[] {
  if (identity.kind === "api_key") return [`secret ${storeName(identity)}: KeyStore`];
  return identity.keys === "secret" ? [`secret KEY_${identity.name.toUpperCase()}: String`] : [];
}

type Frame = {
  readonly trusted: string | undefined;
  readonly hosts: readonly string[];
  readonly bodyLimit: number;
  readonly hasStages: boolean;
  readonly listen: string;
};

function gatewayText(draft: Draft, at: Surroundings, frame: Frame): readonly string[] {
  const { c } = draft;
  const isAuthenticated = at.identities.length > 0 && c.chance(4, 5);
  const here: Surroundings = { ...at, identities: isAuthenticated ? at.identities : [] };
  const outer: Level = { at: here, prefix: [], isAuthenticated, grants: false, asksCaller: false, overridable: [], isOpen: false };
  const { lines, level } = statements(draft, outer, { grant: c.chance(1, 4) ? "allow" : "nothing", apply: true });
  const accepted = inSomeOrder(c, here.identities).map(({ name }) => name);
  const apis = c.some(1, 3, (index) => apiText(draft, level, index)).flat();
  const loose = c.chance(1, 2) ? routeText(draft, level, "") : [];
  const versions = versionText(draft, level);
  return [
    "gateway g {",
    ...settingLines(c, frame),
    ...(accepted.length === 0 ? [] : [`  accept ${accepted.join(" or ")}`]),
    ...lines,
    "}",
    ...apis,
    ...loose,
    ...versions,
  ];
}

function settingLines(c: Choices, { trusted, hosts, bodyLimit, hasStages, listen }: Frame): readonly string[] {
  const small = c.chance(1, 3) ? ", target: 256B, header_field: 512B, header_count: 12, json_depth: 3, json_keys: 6" : "";
  const paths = c.pick([
    "",
    "",
    "",
    "  paths { dot_segments: resolve, empty_segments: merge, semicolons: allow }",
    "  paths { dot_segments: resolve, empty_segments: merge, trailing_slash: refuse }",
    "  paths { trailing_slash: refuse }",
  ]);
  return [
    `  listen ${listen}`,
    ...(hosts.length === 0 ? [] : [hasStages ? '  host: stage { dev: "shop.example", prod: "shop.example" }' : '  host: "shop.example"']),
    ...(trusted === undefined ? [] : [`  trust proxies ${trusted}`]),
    `  limits { body: ${bodyLimit}B, headers: 2KiB${small} }`,
    ...nameLines(c),
    ...(paths === "" ? [] : [paths]),
    ...(c.chance(1, 3) ? ["  explain refusals"] : []),
  ];
}

function apiText(draft: Draft, outer: Level, index: number): readonly string[] {
  const { c } = draft;
  const segments = levelPath(c, `api${index}`, `k${index}`);
  const inside = below(outer, segments);
  const { accept, at } = outer.isAuthenticated ? narrowed(c, inside.at) : { accept: [], at: inside.at };
  const { lines, level } = statements(draft, { ...inside, at }, { grant: grantOf(c, outer), apply: true });
  const first = draft.routes.length;
  const groups = c.some(0, 1, (number) => groupText(draft, level, number)).flat();
  const routes = c.some(1, 4, () => routeText(draft, level, "  ")).flat();
  const version = c.chance(1, 4) ? " version 2" : "";
  const isPrivate = at.hasDoors && c.chance(1, 3);
  if (isPrivate) for (const [place, route] of draft.routes.entries()) if (place >= first) draft.routes[place] = { ...route, isPrivate };
  const head = `api api${index} at ${quoted(`/${segments.map(segmentText).join("/")}`)}${version}${isPrivate ? " private" : ""} {`;
  return [head, ...accept.map((line) => `  ${line}`), ...lines, ...groups, ...routes, "}"];
}

function groupText(draft: Draft, outer: Level, number: number): readonly string[] {
  const { c } = draft;
  const segments = levelPath(c, `g${number}`, "m");
  const { lines, level } = statements(draft, below(outer, segments), { grant: grantOf(c, outer), apply: c.chance(1, 2) });
  const routes = c.some(1, 3, () => routeText(draft, level, "  ")).flat();
  return [`  group ${quoted(`/${segments.map(segmentText).join("/")}`)} {`, ...lines, ...routes, "  }"];
}

function grantOf(c: Choices, { asksCaller }: Level): May["grant"] {
  const grant = c.pick(["nothing", "nothing", "nothing", "allow", "allow", "public"] as const);
  return grant === "public" && asksCaller ? "nothing" : grant;
}

function levelPath(c: Choices, name: string, parameter: string): readonly GeneratedSegment[] {
  const literal: GeneratedSegment = { kind: "literal", text: name };
  return c.chance(1, 6) ? [literal, { kind: "param", name: parameter, type: c.pick(["Plain", "Count", "Code"]) }] : [literal];
}

function below(outer: Level, segments: readonly GeneratedSegment[]): Level {
  const prefix = [...outer.prefix, ...segments];
  return { ...outer, prefix, at: { ...outer.at, parameters: parametersOf(prefix) } };
}

function inSomeOrder<T>(c: Choices, list: readonly T[]): readonly T[] {
  return c.chance(1, 2) ? [...list].reverse() : list;
}
