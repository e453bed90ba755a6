/** GWL32xx: routes that stand in each other's way. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const duplicateRoute = defineError<{ route: string }>({
  code: "GWL3204",
  name: "duplicate-route",
  message: (h) => `\`${h.route}\` is there already`,
  label: () => "takes the same requests",
  help: () => "keep one of the two; different callers of one route are told apart by its rules",
});
export const ambiguousRoutes = defineError<{ first: string; second: string; witness: string | undefined }>({
  code: "GWL3205",
  name: "ambiguous-routes",
  message: (h) => `\`${h.second}\` and \`${h.first}\` can fit one request equally well`,
  label: (h) => (h.witness === undefined ? "no example found, but nothing shows that none exists" : `\`${h.witness}\` fits both`),
  help: () => "narrow one parameter's type until no value fits both, set a literal segment before it, or make the two one route",
});
export const versionsChosenTwoWays = defineError<{ path: string; first: string; second: string }>({
  code: "GWL4532",
  name: "versions-chosen-two-ways",
  message: (h) => `the versions at \`${h.path}\` are chosen ${h.first} and ${h.second}`,
  label: () => "a request could ask for two of them at once",
  help: () => "choose all versions at one path in one way",
});
export const versionTwice = defineError<{ path: string; what: string }>({
  code: "GWL4533",
  name: "version-twice",
  message: (h) => `two versions at \`${h.path}\` are ${h.what}`,
  label: () => "which of the two a request wants could not be told",
  help: () => "keep one of the two, or give one of them another number, type or path",
});

export const ROUTE_DIAGNOSTICS = [duplicateRoute, ambiguousRoutes, versionsChosenTwoWays, versionTwice] as const;
