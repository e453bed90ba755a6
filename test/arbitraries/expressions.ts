/** Well-typed conditions and header values, as GWL text. Each function promises an expression of the type in its name. */
import type { Choices } from "./choices.ts";
import {
  ADDRESSES,
  BLOCKS,
  CODES,
  GRADES,
  HEADERS,
  type IdentityShape,
  INTS,
  quoted,
  QUERIES,
  REGEXES,
  type Scalar,
  STAGES,
  STRINGS,
  TAG_VALUES,
  ZONES,
} from "./vocabulary.ts";

/** What may be read where the expression stands. */
export type Surroundings = {
  readonly networks: readonly string[];
  /** Identities that the caller may have here; empty: nobody authenticates. */
  readonly identities: readonly IdentityShape[];
  readonly parameters: readonly { readonly name: string; readonly type: Scalar | "Plain" | "Rest" }[];
  /** Fields of the body's record; empty: no body here. */
  readonly body: readonly { readonly name: string; readonly type: Scalar | "List" | "Set"; readonly isOptional: boolean }[];
  /** Parameters of the policy around. */
  readonly arguments: readonly { readonly name: string; readonly type: "Network" | "String" | "Int" }[];
  readonly hasStages: boolean;
  readonly hasTags: boolean;
  readonly hasEnv: boolean;
};

type Reader = { readonly text: string; readonly type: Scalar };

export function network(c: Choices, at: Surroundings, depth: number): string {
  const own = at.arguments.filter((argument) => argument.type === "Network").map((argument) => argument.name);
  if (depth > 0 && c.chance(1, 5)) return `(${network(c, at, depth - 1)} ${c.pick(["+", "-", "&"])} ${network(c, at, depth - 1)})`;
  return c.pick([...at.networks, ...own, ...(at.networks.length === 0 ? [c.pick(BLOCKS)] : [])]);
}

export function condition(c: Choices, at: Surroundings, depth: number): string {
  if (depth > 0 && c.chance(2, 5)) return compound(c, at, depth);
  const principal = at.identities.length === 0 ? [] : [aboutPrincipal, aboutPrincipal, aboutPrincipal];
  const body = at.body.length === 0 ? [] : [aboutBody, aboutBody];
  const own = at.arguments.length === 0 ? [] : [aboutArguments];
  return c.pick([aboutAddress, aboutRequest, aboutFields, aboutTime, aboutPlace, aboutParameters, ...principal, ...body, ...own])(
    c,
    at,
    depth,
  );
}

/**
 * What one operand says of the principal is known in the next, where asking it again does not compile. So operands of `and`
 * and `implies` ask it in the last one only, and those of `or` ask for different identities.
 */
function compound(c: Choices, at: Surroundings, depth: number): string {
  const whole = (): string => condition(c, at, depth - 1);
  const silent = (): string => condition(c, { ...at, identities: [] }, depth - 1);
  switch (c.below(5)) {
    case 0:
      return `not (${whole()})`;
    case 1:
      return `(${[...c.some(1, 2, silent), whole()].join(" and ")})`;
    case 2:
      return `(${eitherOf(c, at, depth)})`;
    case 3:
      return `((${silent()}) implies (${whole()}))`;
    default:
      return `(if ${silent()} then ${whole()} else ${whole()})`;
  }
}

function eitherOf(c: Choices, at: Surroundings, depth: number): string {
  const parts = at.identities.length < 2 ? [[], at.identities] : at.identities.map((identity) => [identity]);
  return parts.map((identities) => condition(c, { ...at, identities }, depth - 1)).join(" or ");
}

/** An allow that is constantly true does not compile where nobody authenticates; this one depends on the request. */
export function notEverybody(when: string): string {
  return `(header("X-Never") ?? "") != "none" and (${when})`;
}

function aboutAddress(c: Choices, at: Surroundings): string {
  if (c.chance(1, 6)) return `client.ip ${c.pick(["==", "!="])} ${c.pick(ADDRESSES)}`;
  if (c.chance(1, 8)) return `client.ip in ${c.pick(BLOCKS)}`;
  return `client.ip in ${network(c, at, 1)}`;
}

function aboutRequest(c: Choices): string {
  switch (c.below(5)) {
    case 0:
      return `method ${c.pick(["==", "!="])} ${c.pick(["GET", "POST", "HEAD", "DELETE"])}`;
    case 1:
      return `method in [${c.pick(["GET, HEAD", "POST, PUT", "DELETE"])}]`;
    case 2:
      return `path.${c.pick(["starts_with", "ends_with", "contains"])}(${quoted(c.pick(["/", "a", "/b", "x-1"]))})`;
    case 3:
      return `path matches /${c.pick(["^.a", "[0-9]", "b$"])}/`;
    default:
      return `host ${c.pick(["==", "!="])} ${quoted(c.pick(["shop.example", "other.example"]))}`;
  }
}

function aboutFields(c: Choices): string {
  const one = c.chance(1, 2) ? `header(${quoted(c.pick(HEADERS))})` : `query(${quoted(c.pick(QUERIES))})`;
  switch (c.below(5)) {
    case 0:
      return `has ${one}`;
    case 1:
      return `(${one} ?? ${quoted(c.pick(STRINGS))}) ${c.pick(["==", "!="])} ${quoted(c.pick(STRINGS))}`;
    case 2:
      return `(has ${one} and ${aboutString(c, one)})`;
    case 3:
      return `${quoted(c.pick(STRINGS))} in headers(${quoted(c.pick(HEADERS))})`;
    default:
      return `queries(${quoted(c.pick(QUERIES))}).size ${c.pick(["<", "<=", ">", ">=", "==", "!="])} ${c.below(3)}`;
  }
}

function aboutTime(c: Choices): string {
  const zone = quoted(c.pick(ZONES));
  switch (c.below(3)) {
    case 0:
      return `time.of_day(${zone}) in ${c.pick(["08:00..18:00", "00:00..06:30", "23:59:59..23:59:59", "12:00..12:00"])}`;
    case 1:
      return `time.weekday(${zone}) in [${c.pick(['"sat", "sun"', '"mon"', '"tue", "wed", "thu"'])}]`;
    default:
      return `time.now ${c.pick(["<", "<=", ">", ">="])} ${c.pick(["2026-01-31", "2026-06-15T12:00:00Z", "2030-01-01"])}`;
  }
}

function aboutPlace(c: Choices, at: Surroundings): string {
  const options: string[] = ['route.path != "/zz"'];
  if (at.hasStages) options.push(`stage ${c.pick(["==", "!="])} ${c.pick(STAGES)}`);
  if (at.hasTags) options.push(`(tag.data ?? "public") ${c.pick(["==", "!="])} ${quoted(c.pick(TAG_VALUES))}`, "has tag.data");
  if (at.hasEnv) options.push(`LEVEL ${c.pick(["<", ">=", "=="])} ${c.pick(INTS)}`, `REGION == ${quoted(c.pick(STRINGS))}`);
  return c.pick(options);
}

function aboutParameters(c: Choices, at: Surroundings): string {
  if (at.parameters.length === 0) return aboutAddress(c, at);
  const parameter = c.pick(at.parameters);
  return aboutScalar(
    c,
    { text: `params.${parameter.name}`, type: parameter.type === "Plain" || parameter.type === "Rest" ? "String" : parameter.type },
    at,
  );
}

function aboutArguments(c: Choices, at: Surroundings): string {
  const argument = c.pick(at.arguments);
  switch (argument.type) {
    case "Network":
      return `client.ip in ${argument.name}`;
    case "Int":
      return `${argument.name} ${c.pick(["<", "<=", "==", ">"])} ${c.pick(INTS)}`;
    case "String":
      return c.chance(1, 2) ? `header("X-A") ?? "" == ${argument.name}` : `${argument.name} in queries("q")`;
  }
}

function aboutPrincipal(c: Choices, at: Surroundings, depth: number): string {
  const identity = c.pick(at.identities);
  const narrow = `principal is ${identity.name}`;
  switch (c.below(8)) {
    case 0:
      return narrow;
    case 1:
      return "principal is known";
    case 2:
      return `principal.id ${c.pick(["==", "!="])} ${quoted(c.pick(["u1", "u2"]))}`;
    case 3:
      return `(${narrow} implies ${aboutClaim(c, identity, at, depth)})`;
    default:
      return `(${narrow} and ${aboutClaim(c, identity, at, depth)})`;
  }
}

function aboutClaim(c: Choices, identity: IdentityShape, at: Surroundings, depth: number): string {
  if (identity.claims.length === 0) return `principal.id == "u1"`;
  const claim = c.pick(identity.claims);
  const text = `principal.${claim.name}`;
  const about = (): string => {
    if (claim.type === "Set" || claim.type === "List") return aboutCollection(c, text);
    if (claim.type === "Record") return aboutScalar(c, { text: `${text}.n`, type: "Int" }, at);
    return aboutScalar(c, { text, type: claim.type }, at);
  };
  if (depth > 0 && c.chance(1, 4))
    return `(${claim.isOptional ? `(has ${text} and ${about()})` : about()} or ${aboutClaim(c, identity, at, depth - 1)})`;
  if (claim.isOptional && c.chance(1, 4)) return `has ${text}`;
  return claim.isOptional ? `(has ${text} and ${about()})` : about();
}

function aboutBody(c: Choices, at: Surroundings): string {
  const field = c.pick(at.body);
  const text = `body.${field.name}`;
  const about = (): string =>
    field.type === "List" || field.type === "Set" ? aboutCollection(c, text) : aboutScalar(c, { text, type: field.type }, at);
  return field.isOptional ? (c.chance(1, 4) ? `has ${text}` : `(has ${text} and ${about()})`) : about();
}

function aboutCollection(c: Choices, text: string): string {
  return c.chance(1, 3) ? `${text}.size ${c.pick(["<", ">", "==", "!="])} ${c.below(4)}` : `${quoted(c.pick(STRINGS))} in ${text}`;
}

function aboutScalar(c: Choices, { text, type }: Reader, at: Surroundings): string {
  switch (type) {
    case "Bool":
      return c.pick([text, `not ${text}`, `${text} == false`]);
    case "Int":
      return c.chance(1, 4)
        ? `${text} in ${c.pick(["1..5", "0..10", "100..100"])}`
        : `${text} ${c.pick(["==", "!=", "<", "<=", ">", ">="])} ${c.pick(INTS)}`;
    case "Ip":
      return c.chance(1, 3) ? `${text} == ${c.pick(ADDRESSES)}` : `${text} in ${network(c, at, 0)}`;
    case "Grade":
      return c.chance(1, 2)
        ? `${text} == ${quoted(c.pick(GRADES))}`
        : `${text} in [${GRADES.map(quoted)
            .slice(0, 1 + c.below(2))
            .join(", ")}]`;
    case "Code":
      return `${text} ${c.pick(["==", "!="])} ${quoted(c.pick(CODES.slice(0, 2)))}`;
    case "String":
      return aboutString(c, text);
  }
}

function aboutString(c: Choices, text: string): string {
  switch (c.below(6)) {
    case 0:
      return `${text} ${c.pick(["==", "!="])} ${quoted(c.pick(STRINGS))}`;
    case 1:
      return `${text} in [${c.some(1, 3, () => quoted(c.pick(STRINGS))).join(", ")}]`;
    case 2:
      return `${text} matches /${c.pick(REGEXES)}/`;
    case 3:
      return `${text}.${c.pick(["starts_with", "ends_with", "contains"])}(${quoted(c.pick(STRINGS))})`;
    case 4:
      return `${text}.lower() == ${quoted(c.pick(STRINGS).toLowerCase())}`;
    default:
      return `${text}.size ${c.pick(["<", ">=", "=="])} ${c.below(6)}`;
  }
}

/** A `String` or `String?` for `set header`. */
export function headerValue(c: Choices, at: Surroundings): string {
  const identity = at.identities[0];
  const plain = c.pick([
    quoted(c.pick(["on", "v 1", "x"])),
    "client.ip.text()",
    'header("X-A")',
    'query("q") ?? "none"',
    "method.text()",
    `if ${condition(c, at, 1)} then "yes" else "no"`,
    'concat("ip=", client.ip.text(), ";")',
    "path",
  ]);
  if (identity === undefined || c.chance(1, 2)) return plain;
  const claim = identity.claims.find((candidate) => candidate.type === "String");
  return claim === undefined
    ? "principal.id"
    : `if principal is ${identity.name} then principal.${claim.name}${claim.isOptional ? ' ?? "none"' : ""} else "other"`;
}
