/** Well-typed questions about one value, as GWL text: of a scalar, a text, a collection, a field of a token or body. */
import type { Choices } from "./choices.ts";
import type { Field } from "./fields.ts";
import { type Scalar, shapeOf } from "./scalars.ts";
import type { Surroundings } from "./surroundings.ts";
import { BLOCKS, quoted, REGEXES, STRINGS } from "./vocabulary.ts";

export type Reader = { readonly text: string; readonly type: Scalar };

export function network(c: Choices, at: Surroundings, depth: number): string {
  const own = at.arguments.filter((argument) => argument.type === "Network").map((argument) => argument.name);
  const constants = at.constants.filter(({ holds }) => holds === "network").map(({ name }) => name);
  if (depth > 0 && c.chance(1, 5)) return `(${network(c, at, depth - 1)} ${c.pick(["+", "-", "&"])} ${network(c, at, depth - 1)})`;
  if (depth > 0 && c.chance(1, 12)) return `(if method == GET then ${network(c, at, 0)} else ${network(c, at, 0)})`;
  return c.pick([...at.networks, ...own, ...constants, ...(at.networks.length === 0 ? [c.pick(BLOCKS)] : [])]);
}

export function aboutField(c: Choices, text: string, field: Field, at: Surroundings): string {
  const about = (): string => aboutPresent(c, text, field, at);
  if (!field.isOptional) return about();
  return c.chance(1, 4) ? `has ${text}` : `(has ${text} and ${about()})`;
}

function aboutPresent(c: Choices, text: string, { type }: Field, at: Surroundings): string {
  switch (type.kind) {
    case "scalar":
      return aboutScalar(c, { text, type: type.of }, at);
    case "List":
    case "Set":
      return aboutCollection(c, text, type.kind, type.of, at);
    case "Map":
    case "records":
      return aboutSize(c, text);
    case "record":
      return c.pick([
        () => aboutScalar(c, { text: `${text}.n`, type: "Int" }, at),
        () => aboutScalar(c, { text: `${text}.g`, type: "Grade" }, at),
        () => `(has ${text}.at and ${text}.at < time.now)`,
      ])();
  }
}

function aboutSize(c: Choices, text: string): string {
  return `${text}.size ${c.pick(["<", "<=", ">", ">=", "==", "!="])} ${c.below(4)}`;
}

function aboutCollection(c: Choices, text: string, kind: "List" | "Set", of: Scalar, at: Surroundings): string {
  const { literals } = shapeOf(of);
  switch (c.below(6)) {
    case 0:
      return aboutSize(c, text);
    case 1:
      return `${text} ${c.pick(["==", "!="])} [${literals.slice(0, 1 + c.below(2)).join(", ")}]`;
    case 2:
      return of === "Ip" ? `client.ip in ${text}` : `${c.pick(literals)} in ${text}`;
    case 3: {
      const variable = at.environment.find(({ type }) => type === of);
      return `${variable?.name ?? c.pick(literals)} in ${text}`;
    }
    default:
      return kind === "Set" && c.chance(1, 3)
        ? `(${c.pick(literals)} in ${text} or ${c.pick(literals)} in ${text})`
        : `${c.pick(literals)} in ${text}`;
  }
}

export function aboutScalar(c: Choices, reader: Reader, at: Surroundings): string {
  const { text, type } = reader;
  const { literals, isOrdered, isText, text: asText } = shapeOf(type);
  const questions: (() => string)[] = [
    () => `${text} ${c.pick(["==", "!="])} ${c.pick(literals)}`,
    () => `${text} in [${c.some(1, 3, () => c.pick(literals)).join(", ")}]`,
    () => aboutVariable(c, reader, at),
  ];
  if (isOrdered && type !== "String") {
    questions.push(
      () => `${text} ${c.pick(["<", "<=", ">", ">="])} ${c.pick(literals)}`,
      () => aboutRange(c, text, literals),
    );
  }
  if (isText) questions.push(() => aboutText(c, text, type === "String"));
  if (asText !== undefined) {
    const whole = asText.by === "itself" ? text : `${text}.text()`;
    questions.push(() => `${whole}.${c.pick(["starts_with", "contains"])}(${quoted(c.pick(asText.begins))})`);
  }
  if (type === "Ip")
    questions.push(
      () => `${text} in ${network(c, at, 1)}`,
      () => `${text} == client.ip`,
    );
  if (type === "Bool")
    questions.push(
      () => text,
      () => `not ${text}`,
    );
  if (type === "TimeOfDay") questions.push(() => `${text} in ${timesOfDay(c, at)}`);
  if (type === "Method") questions.push(() => `${text} == method`);
  return c.pick(questions)();
}

function aboutRange(c: Choices, text: string, literals: readonly string[]): string {
  const low = c.below(literals.length);
  const high = low + c.below(literals.length - low);
  return `${text} in ${literals[low]}..${literals[high]}`;
}

/** Against the environment or a constant of the same type, where there is one. */
function aboutVariable(c: Choices, { text, type }: Reader, at: Surroundings): string {
  const names = at.environment.filter((one) => one.type === type).map(({ name }) => name);
  const constants = at.constants.filter(({ holds }) => holds === type).map(({ name }) => name);
  const lists = type === "String" ? at.constants.filter(({ holds }) => holds === "strings").map(({ name }) => name) : [];
  if (lists.length > 0 && c.chance(1, 2)) return `${text} in ${c.pick(lists)}`;
  const other = [...names, ...constants];
  if (other.length === 0) return `${text} == ${c.pick(shapeOf(type).literals)}`;
  return `${text} ${c.pick(shapeOf(type).isOrdered ? ["==", "!=", "<", "<=", ">", ">="] : ["==", "!="])} ${c.pick(other)}`;
}

export function timesOfDay(c: Choices, at: Surroundings): string {
  const constants = at.constants.filter(({ holds }) => holds === "times").map(({ name }) => name);
  return c.pick(["08:00..18:00", "00:00..06:30", "23:59:59..23:59:59", "12:00..12:00", "22:00..06:00", ...constants]);
}

/** `isFree`: it can be any text, so comparing it with any is no mistake. */
export function aboutText(c: Choices, text: string, isFree: boolean): string {
  switch (c.below(isFree ? 7 : 5)) {
    case 5:
      return `${text} ${c.pick(["==", "!="])} ${quoted(c.pick(STRINGS))}`;
    case 6:
      return `${text} in [${c.some(1, 3, () => quoted(c.pick(STRINGS))).join(", ")}]`;
    case 2:
      return `(${text}) matches /${c.pick(REGEXES)}/`;
    case 3:
    case 4:
      return `${text}.${c.pick(["starts_with", "ends_with", "contains"])}(${quoted(c.pick(STRINGS))})`;
    case 1:
      return `${text}.lower() == ${quoted(c.pick(STRINGS).toLowerCase())}`;
    default:
      return `${text}.size ${c.pick(["<", ">=", "=="])} ${c.below(6)}`;
  }
}
