/** Declarations of a generated program: environment, networks, identities, body types, policies. As GWL text, with their shapes. */
import type { Choices } from "./choices.ts";
import { condition, network, notEverybody, type Surroundings } from "./expressions.ts";
import type { BodyField, BodyShape } from "./generated.ts";
import { BLOCKS, type ClaimShape, type IdentityShape, INTS, quoted, STRINGS } from "./vocabulary.ts";

export type NetworkShape = {
  readonly name: string;
  readonly line: string;
  readonly blocks: readonly string[];
  readonly list?: { readonly path: string; readonly text: string };
};

export function networkDeclarations(c: Choices): readonly NetworkShape[] {
  const made: NetworkShape[] = [];
  const count = c.below(5);
  for (let index = 0; index < count; index++) made.push(networkDeclaration(c, `n${index}`, made));
  return made;
}

function networkDeclaration(c: Choices, name: string, before: readonly NetworkShape[]): NetworkShape {
  const blocks = [...new Set(c.some(1, 4, () => c.pick(BLOCKS)))];
  if (before.length > 0 && c.chance(1, 4)) {
    const names = before.map((shape) => shape.name);
    const line = `network ${name} = ${c.pick(names)} ${c.pick(["+", "-", "&"])} ${c.pick(names)}`;
    return { name, line, blocks: [] };
  }
  if (c.chance(1, 4)) {
    const path = `lists/${name}.txt`;
    return { name, line: `network ${name} from "${path}"`, blocks, list: { path, text: `# a list\n${blocks.join("\n")}\n` } };
  }
  return { name, line: `network ${name} { ${blocks.join(", ")} }`, blocks };
}

const CLAIM_TYPES = ["String", "Set", "Bool", "Int", "Grade", "List", "Ip", "Code", "Record"] as const;
const CLAIM_TEXT: Readonly<Record<ClaimShape["type"], string>> = {
  String: "String",
  Set: "Set<String>",
  List: "List<String> size 0..3",
  Bool: "Bool",
  Int: "Int 0..100",
  Grade: "Grade",
  Ip: "Ip",
  Code: "Code",
  Record: "Counter",
};

export function identityDeclarations(c: Choices): readonly IdentityShape[] {
  return c.some(c.chance(3, 4) ? 1 : 0, 3, (index): IdentityShape => {
    const algorithm = c.pick(["RS256", "ES256", "HS256", "EdDSA"] as const);
    const keys = algorithm === "HS256" ? "secret" : c.pick(["file", "url"] as const);
    const claims = c.some(0, 4, (number): ClaimShape => {
      const type = c.pick(CLAIM_TYPES);
      return { claim: c.chance(1, 4) ? `x:c${number}` : `c${number}`, name: `c${number}`, type, isOptional: c.chance(1, 2) };
    });
    return {
      name: ["Customer", "Partner", "Robot"][index] ?? "Other",
      issuer: `https://issuer-${index}.example`,
      audience: c.chance(1, 3) ? ["web", "app"] : ["web"],
      algorithm,
      keys,
      leeway: c.chance(1, 3) ? 30 : 0,
      claims,
      ...(c.chance(1, 4) ? { header: `X-Token-${index}` } : {}),
    };
  });
}

export function identityText(identity: IdentityShape): string {
  const claims = identity.claims.map((claim) => {
    const name = claim.claim === claim.name ? claim.name : `${quoted(claim.claim)} as ${claim.name}`;
    return `    ${name}: ${typeText(CLAIM_TEXT[claim.type], claim.isOptional)}`;
  });
  const keys = {
    file: `keys: from "keys/${identity.name}.json"`,
    url: `keys: url "https://keys.example/${identity.name}"`,
    secret: `secret: KEY_${identity.name.toUpperCase()}`,
  };
  return [
    `identity ${identity.name} = jwt {`,
    `  issuer: ${quoted(identity.issuer)}`,
    `  audience: ${identity.audience.length === 1 ? quoted(identity.audience[0] ?? "") : `[${identity.audience.map(quoted).join(", ")}]`}`,
    `  algorithms: [${identity.algorithm}]`,
    `  ${keys[identity.keys]}`,
    ...(identity.header === undefined ? [] : [`  header: ${quoted(identity.header)}`]),
    ...(identity.leeway === 0 ? [] : [`  leeway: ${identity.leeway}s`]),
    ...(claims.length === 0 ? [] : ["  claims {", ...claims, "  }"]),
    "}",
  ].join("\n");
}

const FIELD_TYPES = ["Int", "String", "Bool", "Grade", "List", "Set", "Code", "Ip"] as const;
const FIELD_TEXT: Readonly<Record<BodyField["type"], string>> = {
  ...CLAIM_TEXT,
  Int: "Int 0..100",
  String: "String max 5",
  List: "List<String> size 0..3",
  Set: "Set<String>",
};

export function bodyShape(c: Choices, typeName: string): BodyShape {
  return { typeName, fields: c.some(1, 4, (index) => ({ name: `f${index}`, type: c.pick(FIELD_TYPES), isOptional: c.chance(1, 3) })) };
}

export function bodyTypeText({ typeName, fields }: BodyShape): string {
  return `type ${typeName} = { ${fields.map((field) => `${field.name}: ${typeText(FIELD_TEXT[field.type], field.isOptional)}`).join(", ")} }`;
}

export type PolicyShape = {
  readonly name: string;
  readonly text: string;
  readonly parameters: Surroundings["arguments"];
  readonly allows: boolean;
  readonly forbids: boolean;
  readonly isOverridable: boolean;
  readonly asksCaller: boolean;
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

/** The sign of an optional stands behind the type's name, before its constraints: `Int? 0..100`. */
function typeText(text: string, isOptional: boolean): string {
  if (!isOptional) return text;
  const [name = "", ...constraints] = text.split(" ");
  return [`${name}?`, ...constraints].join(" ");
}
