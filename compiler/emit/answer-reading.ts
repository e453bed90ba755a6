/** How answers of backends are read and what they are mapped to, as members of the code of a route. */
import type { Expr } from "../model/expression.ts";
import type { IrRoute } from "../model/ir.ts";
import type { Type } from "../model/types.ts";
import { code, identifier, joined, literal, nothing, type Code } from "./code.ts";
import type { FunctionWriter } from "./functions.ts";
import { askedCall } from "./reshaping.ts";
import type { Surroundings } from "./surroundings.ts";
import { valueType } from "./value-type.ts";

/** Where the route says what its backend answers. `validators`: numbers of those of the types, in their order. */
export function answerReading({ returned }: IrRoute, functions: FunctionWriter, at: Surroundings, validators: readonly number[]): Code {
  if (returned === undefined) return nothing;
  const checks = returned.types.map(({ least, most, bytes, type }, index) => {
    const bounds = code`least: ${literal(least)}, most: ${literal(most)}`;
    return code`{ ${bounds}, ${bodyCheck(type, bytes, validators[index], at)} }`;
  });
  return code`, readAnswer: (call) => ${at.use("answerReading")}(call, [${joined(checks, ", ")}], ${answerMap(returned.map, functions, at)})`;
}

/** Where several backends answer together. */
export function composing(route: IrRoute, functions: FunctionWriter, at: Surroundings, validators: readonly number[]): Code {
  if (route.target.kind !== "compose") return nothing;
  const { use, pool } = at;
  const { parts, type, bytes, map } = route.target.composed;
  const codes = parts.map((part, index) => {
    const ask = askedCall(code`call`, part, functions, at);
    const key = part.key === undefined ? nothing : code`, key: ${functions.value(part.key, part.span, "calls shared out by")}`;
    const decides = part.decides === undefined ? nothing : code`, decides: [${joined(part.decides.map(literal), ", ")}]`;
    const name = code`${use("text")}(call.bound, ${pool.text(part.name)})`;
    return code`{ name: ${name}, ask: (call) => ${ask}${key}, check: { ${bodyCheck(part.type, part.bytes, validators[index], at)} }, dispensable: ${dispensable(part.dispensable)}${decides} }`;
  });
  const whole = code`{ type: ${shape(type, at)}, bytes: ${literal(bytes)}, map: ${answerMap(map, functions, at)} }`;
  return code`, compose: (call, passing, plans) => ${use("composed")}(call, passing, plans, [${joined(codes, ", ")}], ${whole})`;
}

function dispensable(when: "never" | "always" | readonly number[]): Code {
  if (typeof when !== "string") return code`[${joined(when.map(literal), ", ")}]`;
  return when === "always" ? code`"always"` : code`"never"`;
}

function bodyCheck(type: Type, bytes: number, validator: number | undefined, at: Surroundings): Code {
  return code`bytes: ${literal(bytes)}, type: ${shape(type, at)}, fits: ${identifier("body", validator ?? 0)}`;
}

function answerMap(map: Expr | undefined, functions: FunctionWriter, at: Surroundings): Code {
  if (map === undefined) return code`undefined`;
  return code`{ value: ${functions.made(map, "map response body")}, type: ${shape(map.type, at)} }`;
}

function shape(type: Type, { use, pool }: Surroundings): Code {
  return code`${use("shape")}(call.bound, ${pool.value(valueType(type))})`;
}
