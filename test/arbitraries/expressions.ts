/** Well-typed conditions and header values, as GWL text. Each function promises an expression of the type in its name. */
import type { Choices } from "./choices.ts";
import { aboutField, aboutScalar, aboutText, network, timesOfDay } from "./questions.ts";
import type { Surroundings } from "./surroundings.ts";
import {
  ADDRESSES,
  BLOCKS,
  ENDPOINTS,
  HEADERS,
  INTS,
  type IdentityShape,
  METHODS,
  quoted,
  QUERIES,
  STAGES,
  STRINGS,
  TAG_VALUES,
  ZONES,
} from "./vocabulary.ts";

export function condition(c: Choices, at: Surroundings, depth: number): string {
  if (depth > 0 && c.chance(2, 5)) return compound(c, at, depth);
  const principal = at.identities.length === 0 ? [] : [aboutPrincipal, aboutPrincipal, aboutPrincipal];
  const body = at.body.length === 0 ? [] : [aboutBody, aboutBody];
  const own = at.arguments.length === 0 ? [] : [aboutArguments];
  const door = at.hasDoors ? [aboutDoor] : [];
  return c.pick([aboutAddress, aboutRequest, aboutFields, aboutTime, aboutPlace, aboutParameters, ...principal, ...body, ...own, ...door])(
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
  if (c.chance(1, 12)) return `client.ip in [${ADDRESSES.slice(0, 2).join(", ")}]`;
  if (c.chance(1, 12)) return `client.ip.text().${c.pick(["starts_with", "ends_with"])}(${quoted(c.pick(["10.", "::1", "5"]))})`;
  return `client.ip in ${network(c, at, 1)}`;
}

function aboutRequest(c: Choices): string {
  switch (c.below(6)) {
    case 0:
      return `method ${c.pick(["==", "!="])} ${c.pick(METHODS)}`;
    case 1:
      return `method in [${c.pick(["GET, HEAD", "POST, PUT", "DELETE"])}]`;
    case 2:
      return `path.${c.pick(["starts_with", "ends_with", "contains"])}(${quoted(c.pick(["/", "a", "/b", "x-1"]))})`;
    case 3:
      return `path matches /${c.pick(["^.a", "[0-9]", "b$"])}/`;
    case 4:
      return `concat(method.text(), ${c.pick(['"-"', "host", "path"])}, client.ip.text()).size ${c.pick(["<", ">"])} ${c.pick([13, 20, 30])}`;
    default:
      return `host ${c.pick(["==", "!="])} ${quoted(c.pick(["shop.example", "other.example"]))}`;
  }
}

function aboutFields(c: Choices): string {
  const field = (): string => (c.chance(1, 2) ? `header(${quoted(c.pick(HEADERS))})` : `query(${quoted(c.pick(QUERIES))})`);
  const all = (): string => (c.chance(1, 2) ? `headers(${quoted(c.pick(HEADERS))})` : `queries(${quoted(c.pick(QUERIES))})`);
  const one = field();
  switch (c.below(8)) {
    case 0:
      return `has ${one}`;
    case 1:
      return `(${one} ?? ${quoted(c.pick(STRINGS))}) ${c.pick(["==", "!="])} ${quoted(c.pick(STRINGS))}`;
    case 2:
    case 3:
      return `(has ${one} and ${aboutText(c, one, true)})`;
    case 4:
      return `(${one} ?? "") == (${field()} ?? "none")`;
    case 5:
      return `${quoted(c.pick(STRINGS))} in ${all()}`;
    case 6:
      return `${all()} ${c.pick(["==", "!="])} [${quoted(c.pick(STRINGS))}]`;
    default:
      return `${all()}.size ${c.pick(["<", "<=", ">", ">=", "==", "!="])} ${c.below(3)}`;
  }
}

function aboutTime(c: Choices, at: Surroundings): string {
  const zone = quoted(c.pick(ZONES));
  switch (c.below(4)) {
    case 0:
      return `time.of_day(${zone}) in ${timesOfDay(c, at)}`;
    case 1:
      return `time.weekday(${zone}) in [${c.pick(['"sat", "sun"', '"mon"', '"tue", "wed", "thu"'])}]`;
    case 2:
      return `time.of_day(${zone}) ${c.pick(["<", ">="])} ${c.pick(["12:00", "14:00:01"])}`;
    default:
      return `time.now ${c.pick(["<", "<=", ">", ">="])} ${c.pick(["2026-01-31", "2026-06-15T12:00:00Z", "2030-01-01"])}`;
  }
}

function aboutPlace(c: Choices, at: Surroundings): string {
  const options: string[] = [
    'route.path != "/zz"',
    `route.path.contains(${quoted(c.pick(["a", "{", "/g0"]))})`,
    `route.api ${c.pick(["==", "!="])} api0`,
    `route.version ${c.pick(["==", "!="])} 2`,
  ];
  if (at.hasStages) options.push(`stage ${c.pick(["==", "!="])} ${c.pick(STAGES)}`);
  if (at.hasTags)
    options.push(`tag.data ${c.pick(["==", "!="])} ${quoted(c.pick(TAG_VALUES))}`, `(tag.data ?? "public") == "pii"`, "has tag.data");
  for (const { name, type } of at.environment) options.push(aboutScalar(c, { text: name, type }, { ...at, environment: [] }));
  return c.pick(options);
}

function aboutDoor(c: Choices): string {
  switch (c.below(5)) {
    case 0:
      return `entry ${c.pick(["==", "!="])} ${c.pick(["e0", "e1", "e2"])}`;
    case 1:
      return c.pick(["has entry", "has entry.vpce", "has entry.vpc", "has entry.vpc_ip"]);
    case 2:
      return `(entry.vpce ?? "none") ${c.pick(["==", "!="])} "${c.pick(ENDPOINTS)}"`;
    case 3:
      return `(has entry.vpc_ip and entry.vpc_ip in ${c.pick(["10.0.0.0/8", "0.0.0.0/0", "203.0.113.0/24"])})`;
    default:
      return `entry in [${c.pick(["e0", "e1, e2"])}]`;
  }
}

function aboutParameters(c: Choices, at: Surroundings): string {
  if (at.parameters.length === 0) return aboutAddress(c, at);
  const { name, type } = c.pick(at.parameters);
  const text = `params.${name}`;
  return type === "Plain" || type === "Rest" ? aboutText(c, text, true) : aboutScalar(c, { text, type }, at);
}

function aboutArguments(c: Choices, at: Surroundings): string {
  const argument = c.pick(at.arguments);
  switch (argument.type) {
    case "Network":
      return `client.ip in ${argument.name}`;
    case "Int":
      return `${argument.name} ${c.pick(["<", "<=", "==", ">"])} ${c.pick(INTS)}`;
    case "String":
      return c.chance(1, 2) ? `(header("X-A") ?? "") == ${argument.name}` : `${argument.name} in queries("q")`;
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
  const { partner } = identity;
  const owner = partner !== undefined && c.chance(1, 2) ? partner : identity;
  const of = partner !== undefined || c.chance(1, 4) ? `${owner.name}.` : "";
  if (owner.scopes.length > 0 && c.chance(1, 4)) return `${quoted(c.pick(owner.scopes))} in principal.${of}scopes`;
  if (owner.claims.length === 0) return `principal.${of}id == "u1"`;
  const claim = c.pick(owner.claims);
  const about = aboutField(c, `principal.${of}${claim.name}`, claim, at);
  return depth > 0 && c.chance(1, 4) ? `(${about} or ${aboutClaim(c, identity, at, depth - 1)})` : about;
}

function aboutBody(c: Choices, at: Surroundings): string {
  const field = c.pick(at.body);
  return aboutField(c, `body.${field.name}`, field, at);
}

/** A `String` or `String?` for `set header`. */
export function headerValue(c: Choices, at: Surroundings): string {
  const identity = at.identities[0];
  const silent: Surroundings = { ...at, identities: [] };
  const choice = `(${condition(c, silent, 0)} ${c.pick(["or", "and"])} ${condition(c, silent, 0)})`;
  const plain = c.pick([
    `if ${choice} then "both" else path`,
    `if ${choice} then client.ip.text() else method.text()`,
    quoted(c.pick(["on", "v 1", "x"])),
    "client.ip.text()",
    'header("X-A")',
    'query("q") ?? "none"',
    "method.text()",
    `if ${condition(c, at, 1)} then "yes" else "no"`,
    'concat("ip=", client.ip.text(), ";")',
    "path",
    'header("X-A") ?? header("X-B") ?? host',
    "time.now.text()",
    ...at.environment.filter(({ type }) => type === "String" || type === "Grade").map(({ name }) => name),
    ...at.parameters.filter(({ type }) => type === "Plain" || type === "Code").map(({ name }) => `params.${name}`),
    ...at.parameters.filter(({ type }) => type === "Int" || type === "Uuid").map(({ name }) => `params.${name}.text()`),
  ]);
  if (identity === undefined || c.chance(1, 2)) return plain;
  const claim = identity.claims.find(({ type }) => type.kind === "scalar" && type.of === "String");
  return claim === undefined
    ? "principal.id"
    : `if principal is ${identity.name} then principal.${identity.partner === undefined ? "" : `${identity.name}.`}${claim.name}${claim.isOptional ? ' ?? "none"' : ""} else "other"`;
}
