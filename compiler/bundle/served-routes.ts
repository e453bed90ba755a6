/** `routes.json`: each route, who may call it and what the gateway itself may answer there, for people and audits. */
import { pathOfRoute } from "../../runtime/contract/route-key.ts";
import type { ServedRoute, ServedRoutes } from "../model/emitted.ts";
import type { IrRoute } from "../model/ir.ts";
import { answersBeforeRoutes, answersOfRoute } from "../model/route-answers.ts";
import { versionWords } from "../model/version-words.ts";
import type { ManifestFacts } from "./manifest.ts";

type PlaceOf = ManifestFacts["placeOf"];

export function servedRoutes({ ir, placeOf }: ManifestFacts): ServedRoutes {
  const identities = ir.identities.map(({ name }) => name);
  return {
    format: 1,
    routes: ir.routes.map((route, at) =>
      servedRoute(route, { answers: answersOfRoute(ir, at), chosen: versionWords(ir, route) }, identities, placeOf),
    ),
    answers: answersBeforeRoutes(ir),
  };
}

/** A route a line. */
export function routesText({ format, routes, answers }: ServedRoutes): string {
  const lines = routes.map((route) => `\n    ${JSON.stringify(route)}`).join(",");
  return `{\n  "format": ${format},\n  "answers": ${JSON.stringify(answers)},\n  "routes": [${lines}\n  ]\n}\n`;
}

type OfAll = Pick<ServedRoute, "answers"> & { readonly chosen: string | undefined };

function servedRoute(route: IrRoute, { answers, chosen }: OfAll, identities: readonly string[], placeOf: PlaceOf): ServedRoute {
  const { key, method, api, version, span, isPublic, accept } = route;
  return {
    key,
    method,
    path: pathOfRoute(key),
    ...(api === undefined ? {} : { api }),
    ...(version === undefined ? {} : { version }),
    ...(chosen === undefined ? {} : { chosen }),
    at: placeOf(span),
    access: isPublic ? "public" : accept.length === 0 ? "anonymous" : "authenticated",
    accept: isPublic ? [] : accept.map((caller) => caller.map((index) => identities[index] ?? "").join(" and ")),
    answers,
  };
}
