/** The routes of the emitted program: which functions read each route's path, its body and its headers. The rest of a route is data. */
import type { Ir, IrRoute } from "../model/ir.ts";
import { code, identifier, joined, literal, nothing, type Code } from "./code.ts";
import { placed } from "./comment.ts";
import type { FunctionWriter } from "./functions.ts";
import { answerReading, composing } from "./answer-reading.ts";
import type { PlaceOf } from "./place.ts";
import { reshaping } from "./reshaping.ts";
import type { Validators } from "./validators.ts";
import type { Surroundings } from "./surroundings.ts";

export type EmittedRoute = { readonly name: Code; readonly comment: Code; readonly value: Code };

/** `codes`: for each route which of `routes` is its code. */
export type EmittedRoutes = { readonly routes: readonly EmittedRoute[]; readonly codes: readonly number[] };

/** Equal code exists once, under the comment of its first route. */
export function routeCode(
  ir: Ir,
  functions: FunctionWriter,
  at: Surroundings,
  validators: Pick<Validators, "ofRoute" | "ofAnswers">,
  placeOf: PlaceOf,
): EmittedRoutes {
  const numbers = new Map<string, number>();
  const routes: { readonly route: IrRoute; readonly value: Code; others: number }[] = [];
  const codes = ir.routes.map((route, index) => {
    const value = routeValue(route, functions, at, { body: validators.ofRoute[index], answers: validators.ofAnswers[index] ?? [] });
    const number = numbers.get(value) ?? routes.push({ route, value, others: -1 }) - 1;
    numbers.set(value, number);
    const known = routes[number];
    if (known !== undefined) known.others++;
    return number;
  });
  const emitted = routes.map(({ route, value, others }, number) => ({
    name: identifier("route", number),
    comment: placed(placeOf(route.span), others === 0 ? route.key : `${route.key} and ${others} more`),
    value,
  }));
  return { routes: emitted, codes };
}

type Numbers = { readonly body: number | undefined; readonly answers: readonly number[] };

function routeValue(route: IrRoute, functions: FunctionWriter, at: Surroundings, { body, answers }: Numbers): Code {
  const parameters = route.path.flatMap((segment) =>
    segment.kind === "literal"
      ? []
      : [segment.kind === "rest" ? code`undefined` : functions.parameter(segment.type, route.span, `{${segment.name}}`)],
  );
  const headers = (transforms: IrRoute["requestHeaders"]): Code =>
    joined(
      transforms.map(({ name, value, span }) => functions.value(value, span, `set header ${name}`)),
      ", ",
    );
  const validator = body === undefined ? nothing : code` body: ${identifier("body", body)},`;
  const { queryChanges = [], rewrite } = route;
  const reshape = code`${reshaping(queryChanges, rewrite, functions, at)}${validation(route, functions, at)}`;
  return code`{ parameters: [${joined(parameters, ", ")}],${validator}${reshape} requestHeaders: [${headers(route.requestHeaders)}], responseHeaders: [${headers(route.responseHeaders)}]${limitKeys(route, functions)}${planWheres(route, functions)}${backendKey(route, functions)}${mappedBody(route, functions)}${answerReading(route, functions, at, answers)}${composing(route, functions, at, answers)}${releaseCode(route, functions)}${cacheKey(route, functions)} }`;
}

/** Whom a release sends to the next version, and what it draws equal ones by. */
function releaseCode({ release }: IrRoute, functions: FunctionWriter): Code {
  if (release === undefined) return nothing;
  const when = release.when.map((condition) => functions.test(condition));
  const { sticky } = release;
  const key = sticky === undefined ? nothing : code`, key: ${functions.value(sticky, sticky.span, "drawn by")}`;
  return code`, release: { when: [${joined(when, ", ")}]${key} }`;
}

/** What answers that are kept are told apart by, beside the request. */
function cacheKey({ cache }: IrRoute, functions: FunctionWriter): Code {
  if (cache === undefined || cache.by.length === 0) return nothing;
  const keys = cache.by.map((by) => functions.value(by, by.span, "answers told apart by"));
  return code`, cacheKey: [${joined(keys, ", ")}]`;
}

/** In the order of the route's limits; none where no limit has a key. */
function limitKeys({ traffic = [] }: IrRoute, functions: FunctionWriter): Code {
  if (traffic.every(({ by }) => by === undefined)) return nothing;
  const keys = traffic.map(({ by }) => (by === undefined ? code`undefined` : functions.value(by, by.span, "counted by")));
  return code`, limitKeys: [${joined(keys, ", ")}]`;
}

/** In the order of the route's limits of plans. */
function planWheres({ planLimits = [] }: IrRoute, functions: FunctionWriter): Code {
  if (planLimits.length === 0) return nothing;
  const wheres = planLimits.map(({ where }) => functions.test(where));
  return code`, planWheres: [${joined(wheres, ", ")}]`;
}

function backendKey({ backendKey: key, span }: IrRoute, functions: FunctionWriter): Code {
  return key === undefined ? nothing : code`, backendKey: ${functions.value(key, span, "calls shared out by")}`;
}

/** What the backend gets as body, where that is made of the request. */
function mappedBody({ mapBody }: IrRoute, functions: FunctionWriter): Code {
  return mapBody === undefined ? nothing : code`, mapBody: ${functions.body(mapBody, "map body")}`;
}

/** What is checked of the request beside its body. */
function validation({ validate }: IrRoute, functions: FunctionWriter, at: Surroundings): Code {
  if (validate === undefined) return nothing;
  const { use, pool } = at;
  const named = (name: string): Code => code`${use("text")}(call.bound, ${pool.text(name)})`;
  const fields = validate.fields.map(({ in: where, name, type, isOptional, times, span }) => {
    const { least, most } = times ?? { least: 1, most: 1 };
    const bounds = code`least: ${literal(least)}, most: ${literal(most)}`;
    const read = functions.parameter(type, span, name);
    return code`{ isHeader: ${literal(where === "header")}, name: ${named(name)}, isOptional: ${literal(isOptional)}, ${bounds}, read: ${read} }`;
  });
  const media = (types: readonly string[] | undefined): Code =>
    types === undefined ? code`undefined` : code`[${joined(types.map(named), ", ")}]`;
  return code` validate: (call) => ${use("validated")}(call, [${joined(fields, ", ")}], ${media(validate.consumes)}, ${media(validate.produces)}),`;
}
