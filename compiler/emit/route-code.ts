/** The routes of the emitted program: which functions read each route's path, its body and its headers. The rest of a route is data. */
import type { Ir, IrRoute } from "../model/ir.ts";
import { code, identifier, joined, nothing, type Code } from "./code.ts";
import { placed } from "./comment.ts";
import type { FunctionWriter } from "./functions.ts";
import type { PlaceOf } from "./place.ts";

export type EmittedRoute = { readonly name: Code; readonly comment: Code; readonly value: Code };

/** `bodies`: for each route the number of its validator. */
export function routeCode(
  ir: Ir,
  functions: FunctionWriter,
  bodies: readonly (number | undefined)[],
  placeOf: PlaceOf,
): readonly EmittedRoute[] {
  return ir.routes.map((route, at) => ({
    name: identifier("route", at),
    comment: placed(placeOf(route.span), route.key),
    value: routeValue(route, functions, bodies[at]),
  }));
}

function routeValue(route: IrRoute, functions: FunctionWriter, body: number | undefined): Code {
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
  return code`{ parameters: [${joined(parameters, ", ")}],${validator} requestHeaders: [${headers(route.requestHeaders)}], responseHeaders: [${headers(route.responseHeaders)}]${limitKeys(route, functions)} }`;
}

/** In the order of the route's limits; none where no limit has a key. */
function limitKeys({ traffic = [] }: IrRoute, functions: FunctionWriter): Code {
  if (traffic.every(({ by }) => by === undefined)) return nothing;
  const keys = traffic.map(({ by }) => (by === undefined ? code`undefined` : functions.value(by, by.span, "counted by")));
  return code`, limitKeys: [${joined(keys, ", ")}]`;
}
