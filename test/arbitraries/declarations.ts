/** Declarations of a generated program: environment, networks, identities, body types, policies. As GWL text, with their shapes. */
import type { Choices } from "./choices.ts";
import { condition, notEverybody } from "./expressions.ts";
import { type Field, fieldType, typeText } from "./fields.ts";
import type { BodyShape } from "./generated.ts";
import { network } from "./questions.ts";
import { reloadWords } from "./reloads.ts";
import { IN_ENVIRONMENT, scalarType, shapeOf } from "./scalars.ts";
import type { Constant, Surroundings } from "./surroundings.ts";
import { BLOCKS, type ClaimShape, type EnvShape, type IdentityShape, INTS, quoted, STAGES, STRINGS } from "./vocabulary.ts";

/** The first two are always the same, so that rules meet them often. */
export function environmentDeclarations(c: Choices, hasStages: boolean): readonly EnvShape[] {
  const level: EnvShape = hasStages
    ? { name: "LEVEL", type: "Int", line: "env LEVEL: Int 0..65535 = stage { dev: 1, prod: 5 }", isRequired: false }
    : { name: "LEVEL", type: "Int", line: "env LEVEL: Int 0..65535", isRequired: true };
  const region: EnvShape = { name: "REGION", type: "String", line: 'env REGION: String = "a"', isRequired: false };
  return [level, region, ...c.some(0, 3, (index) => variable(c, `VAR_${index}`, hasStages))];
}

function variable(c: Choices, name: string, hasStages: boolean): EnvShape {
  const type = c.pick(IN_ENVIRONMENT);
  const { literals } = shapeOf(type);
  const head = `env ${name}: ${scalarType(type, false)}`;
  if (c.chance(1, 3)) return { name, type, line: head, isRequired: true };
  const value =
    hasStages && c.chance(1, 2) ? `stage { ${STAGES.map((stage) => `${stage}: ${c.pick(literals)}`).join(", ")} }` : c.pick(literals);
  return { name, type, line: `${head} = ${value}`, isRequired: false };
}

export function constantDeclarations(c: Choices, networks: readonly NetworkShape[], hasStages: boolean): readonly Constant[] {
  const names = networks.map(({ name }) => name);
  const all: readonly Constant[] = [
    { name: "NAMES", holds: "strings", line: 'let NAMES = ["a", "gold", "x-1"]' },
    { name: "EDGE", holds: "Int", line: "let EDGE: Int = 5" },
    { name: "LATE", holds: "times", line: "let LATE = 22:00..06:30" },
    ...(hasStages && names.length > 0
      ? [{ name: "GATE", holds: "network", line: `let GATE = stage { dev: ${c.pick(names)}, prod: ${c.pick(names)} }` } as const]
      : []),
  ];
  return all.filter(() => c.chance(1, 3));
}

export type NetworkShape = {
  readonly name: string;
  readonly line: string;
  readonly blocks: readonly string[];
  readonly list?: { readonly path: string; readonly text: string };
  readonly isReloaded?: boolean;
};

/** Those that hold the same at all times, as other networks and trust in peers want it. */
export function fixedNames(networks: readonly NetworkShape[]): readonly string[] {
  return networks.flatMap(({ name, isReloaded }) => (isReloaded === true ? [] : [name]));
}

export function networkDeclarations(c: Choices): readonly NetworkShape[] {
  const made: NetworkShape[] = [];
  const count = c.below(5);
  for (let index = 0; index < count; index++) made.push(networkDeclaration(c, `n${index}`, made));
  return made;
}

function networkDeclaration(c: Choices, name: string, before: readonly NetworkShape[]): NetworkShape {
  const blocks = [...new Set(c.some(1, 4, () => c.pick(BLOCKS)))];
  const names = fixedNames(before);
  if (names.length > 0 && c.chance(1, 4)) {
    const line = `network ${name} = ${c.pick(names)} ${c.pick(["+", "-", "&"])} ${c.pick(names)}`;
    return { name, line, blocks: [] };
  }
  if (c.chance(1, 3)) {
    const list = listNetwork(c, name, blocks);
    const reload = reloadWords(c);
    return { ...list, line: list.line + reload, isReloaded: reload !== "" };
  }
  return { name, line: `network ${name} { ${blocks.join(", ")} }`, blocks };
}

function listNetwork(c: Choices, name: string, blocks: readonly string[]): NetworkShape {
  if (c.chance(1, 2)) {
    const path = `lists/${name}.${c.pick(["txt", "netset"])}`;
    return { name, line: `network ${name} from "${path}"`, blocks, list: { path, text: `# a list\n${blocks.join(" ; as told\n")}\n` } };
  }
  const path = `lists/${name}.json`;
  const entries = blocks.map((block, at) => ({ block, region: at === 0 ? "eu" : c.pick(["eu", "us"]), service: "EC2" }));
  const ofFamily = (isIpv6: boolean): typeof entries => entries.filter(({ block }) => block.includes(":") === isIpv6);
  const text = JSON.stringify({
    syncToken: "1",
    prefixes: ofFamily(false).map(({ block, ...entry }) => ({ ip_prefix: block, ...entry })),
    ipv6_prefixes: ofFamily(true).map(({ block, ...entry }) => ({ ipv6_prefix: block, ...entry })),
  });
  return {
    name,
    line: `network ${name} from "${path}" where ${c.pick(['region == "eu"', 'service in ["EC2"]'])}`,
    blocks,
    list: { path, text },
  };
}

export function identityDeclarations(c: Choices): readonly IdentityShape[] {
  return c.some(c.chance(3, 4) ? 1 : 0, 3, (index): IdentityShape => {
    const kind = c.pick(["jwt", "jwt", "oidc", "cognito", "introspect", "api_key"] as const);
    const algorithm = kind === "cognito" ? "RS256" : c.pick(kind === "oidc" ? PUBLIC : [...PUBLIC, "HS256" as const]);
    const keys = algorithm === "HS256" || kind === "introspect" ? "secret" : kind === "jwt" ? c.pick(["file", "url"] as const) : "url";
    const claims = c.some(0, 4, (number): ClaimShape => {
      const name = `c${number}`;
      return { claim: c.chance(1, 4) ? `x:${name}` : name, name, type: fieldType(c), isOptional: c.chance(1, 2) };
    });
    return {
      kind,
      name: ["Customer", "Partner", "Robot"][index] ?? "Other",
      issuer: kind === "cognito" ? `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool${index}` : `https://issuer-${index}.example`,
      ...receivers(c),
      scopes: kind !== "api_key" && c.chance(1, 3) ? ["orders/read", "orders/write"] : [],
      algorithm,
      keys,
      leeway: c.chance(1, 3) ? 30 : 0,
      claims,
      ...(kind === "api_key" || c.chance(1, 4) ? { header: `X-Token-${index}` } : {}),
    };
  });
}

const PUBLIC = ["RS256", "ES256", "EdDSA"] as const;

function receivers(c: Choices): Pick<IdentityShape, "audience" | "clients" | "sort"> {
  const audience = c.chance(1, 3) ? ["web", "app"] : ["web"];
  switch (c.below(6)) {
    case 0:
      return { audience: [], clients: ["c1"], sort: "access" };
    case 1:
      return { audience, clients: ["c1", "c2"], sort: "access" };
    case 2:
      return { audience: [], clients: ["c1"] };
    case 3:
      return { audience, clients: [], sort: "id" };
    default:
      return { audience, clients: [] };
  }
}

export function storeName({ name }: IdentityShape): string {
  return `KEYS_OF_${name.toUpperCase()}`;
}

export function identityText(c: Choices, identity: IdentityShape, hasStages: boolean): string {
  const { kind, name, sort } = identity;
  if (kind === "introspect") return introspectText(c, identity);
  const said = quoted(kind === "cognito" ? (identity.issuer.split("/").at(-1) ?? "") : identity.issuer);
  const issuer = hasStages && c.chance(1, 2) ? `stage { dev: ${said}, prod: ${said} }` : said;
  const claims = claimLines(identity);
  const keys = {
    file: `keys: from "keys/${name}.json"`,
    url: `keys: url "https://keys.example/${name}"`,
    secret: `secret: KEY_${name.toUpperCase()}`,
  };
  if (identity.kind === "api_key")
    return [
      `identity ${identity.name} = api_key(${storeName(identity)}) {`,
      `  header: ${quoted(identity.header ?? "")}`,
      ...(claims.length === 0 ? [] : ["  fields {", ...claims, "  }"]),
      "}",
    ].join("\n");
  return [
    `identity ${name} = ${kind === "jwt" ? "jwt" : `${kind}(${issuer})`} {`,
    ...(kind === "jwt" ? [`  issuer: ${issuer}`, `  ${keys[identity.keys]}`] : []),
    ...textsSetting("audience", identity.audience),
    ...textsSetting("client_id", identity.clients),
    ...(sort === undefined ? [] : [`  token: ${sort}`]),
    ...(kind === "cognito" || (kind === "oidc" && identity.algorithm === "RS256") ? [] : [`  algorithms: [${identity.algorithm}]`]),
    ...commonSettings(identity),
    ...(claims.length === 0 ? [] : ["  claims {", ...claims, "  }"]),
    "}",
  ].join("\n");
}

/** Answers are not kept, so that each question is asked anew: what is kept has tests of its own. */
function introspectText(c: Choices, identity: IdentityShape): string {
  const { name, issuer, audience } = identity;
  const claims = claimLines(identity);
  return [
    `identity ${name} = introspect("https://issuer.example/introspect/${name}") {`,
    `  client: "gate ${name.toLowerCase()}"`,
    `  secret: KEY_${name.toUpperCase()}`,
    "  cache: 0s",
    `  issuer: ${quoted(issuer)}`,
    ...textsSetting("audience", audience),
    ...(c.chance(1, 2) ? ['  subject: "sub"'] : []),
    ...commonSettings(identity),
    ...(claims.length === 0 ? [] : ["  fields {", ...claims, "  }"]),
    "}",
  ].join("\n");
}

function claimLines({ claims }: IdentityShape): readonly string[] {
  return claims.map((claim) => {
    const member = claim.claim === claim.name ? claim.name : `${quoted(claim.claim)} as ${claim.name}`;
    return `    ${member}: ${typeText(claim)}`;
  });
}

function commonSettings({ scopes, header, leeway }: IdentityShape): readonly string[] {
  return [
    ...(scopes.length === 0 ? [] : [`  scopes: [${scopes.map(quoted).join(", ")}]`]),
    ...(header === undefined ? [] : [`  header: ${quoted(header)}`]),
    ...(leeway === 0 ? [] : [`  leeway: ${leeway}s`]),
  ];
}

function textsSetting(setting: string, texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return [];
  return [`  ${setting}: ${texts.length === 1 ? quoted(texts[0] ?? "") : `[${texts.map(quoted).join(", ")}]`}`];
}

export function bodyShape(c: Choices, typeName: string): BodyShape {
  return { typeName, fields: c.some(1, 4, (index): Field => ({ name: `f${index}`, type: fieldType(c), isOptional: c.chance(1, 3) })) };
}

export function bodyTypeText({ typeName, fields }: BodyShape): string {
  return `type ${typeName} = { ${fields.map((field) => `${field.name}: ${typeText(field)}`).join(", ")} }`;
}

export type PolicyShape = {
  readonly name: string;
  readonly text: string;
  readonly parameters: Surroundings["arguments"];
  readonly allows: boolean;
  readonly forbids: boolean;
  readonly isOverridable: boolean;
  /** In a deny or require. */
  readonly asksCaller: boolean;
  /** Anywhere. */
  readonly readsCaller: boolean;
};

export function policyDeclarations(c: Choices, at: Surroundings): readonly PolicyShape[] {
  const made: PolicyShape[] = [];
  const count = c.below(5);
  for (let index = 0; index < count; index++) made.push(policy(c, `p${index}`, made, at));
  return made;
}

function policy(c: Choices, name: string, before: readonly PolicyShape[], around: Surroundings): PolicyShape {
  const parameters = c.some(0, 2, (index) => ({ name: `arg${index}`, type: c.pick(["Network", "String", "Int"] as const) }));
  const at: Surroundings = { ...around, arguments: parameters, parameters: [], body: [] };
  const effects = c.some(1, 3, () => c.pick(["deny", "require", "allow"] as const));
  const lines = effects.map((effect, index) => {
    const when = condition(c, at, 2);
    return ruleText(c, effect, effect === "allow" ? notEverybody(when) : when, `${name} says ${index}`);
  });
  const inner = before.length > 0 && c.chance(1, 4) ? c.pick(before) : undefined;
  if (inner !== undefined) lines.push(`use ${useText(c, inner, at)}`);
  const isOverridable = c.chance(1, 2);
  const head = parameters.map(
    (parameter) =>
      `${parameter.name}: ${parameter.type}${parameter.type !== "Network" && c.chance(1, 3) ? ` = ${constant(c, parameter.type)}` : ""}`,
  );
  return {
    name,
    parameters,
    isOverridable,
    asksCaller: inner?.asksCaller === true || lines.some((line) => !line.startsWith("allow") && line.includes("principal")),
    readsCaller: inner?.readsCaller === true || lines.some((line) => line.includes("principal")),
    allows: effects.includes("allow") || inner?.allows === true,
    forbids: effects.some((effect) => effect !== "allow") || inner?.forbids === true,
    text: `policy ${name}(${head.join(", ")})${isOverridable ? " overridable" : ""} {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`,
  };
}

export function ruleText(c: Choices, effect: "allow" | "deny" | "require", when: string, because: string): string {
  const reason = c.chance(1, 2) ? ` because ${quoted(because)}` : "";
  return effect === "require" ? `require ${when}${reason}` : `${effect} when ${when}${reason}`;
}

export function useText(c: Choices, { name, parameters }: PolicyShape, at: Surroundings): string {
  return `${name}(${parameters.map((parameter) => (parameter.type === "Network" ? network(c, at, 1) : constant(c, parameter.type))).join(", ")})`;
}

function constant(c: Choices, type: "String" | "Int"): string {
  return type === "Int" ? String(c.pick(INTS)) : quoted(c.pick(STRINGS));
}
