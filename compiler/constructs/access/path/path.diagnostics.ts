/** GWL33xx: what can be wrong inside the quotes of a path. */
import { defineError, defineWarning } from "../../../../grammar/source/diagnostic.ts";

export const pathNotCanonical = defineError<{ written: string; canonical: string }>({
  code: "GWL3301",
  name: "path-not-canonical",
  message: (h) => `no request ever has the path \`${h.written}\``,
  label: () => "requests are brought into one canonical form before they are matched",
  help: (h) => `its canonical form is \`${h.canonical}\``,
  replacement: (h) => ({ title: `write ${h.canonical}`, text: JSON.stringify(h.canonical) }),
});
export const impossibleSegment = defineError<{ segment: string; why: string }>({
  code: "GWL3302",
  name: "impossible-segment",
  message: (h) => `no request can have the segment \`${h.segment}\``,
  label: (h) => h.why,
  help: () => "choose another text; such requests are refused before they reach any route",
});
export const queryInPath = defineError<{ query: string }>({
  code: "GWL3303",
  name: "query-in-path",
  message: () => "a path has no query",
  label: () => "requests with any query come here",
  help: () => 'end the path before `?`; rules read the query with `query("name")`',
});
export const parameterForm = defineError<{ written: string }>({
  code: "GWL3304",
  name: "parameter-form",
  message: (h) => `\`${h.written}\` is no parameter`,
  label: () => "a parameter is a whole segment",
  help: () =>
    "written as `/{id}`, `/{id: OrderId}` or, for all that is left of the path, `/{rest: Rest}`; names start with a lower-case letter",
});
export const duplicateParameter = defineError<{ name: string }>({
  code: "GWL3305",
  name: "duplicate-parameter",
  message: (h) => `the path has two parameters \`${h.name}\``,
  label: () => "again here",
  help: () => "rules read a parameter by its name, so each has its own; levels around count as well",
});
export const parameterType = defineError<{ type: string }>({
  code: "GWL3306",
  name: "parameter-type",
  message: (h) => `a path parameter cannot be \`${h.type}\``,
  label: () => "not the text of one segment",
  help: () => "a parameter is a String, Int, Bool, Ip, Uuid, a union of literals, or a declared type of one of these",
});
export const restNotLast = defineError<{ name: string }>({
  code: "GWL3307",
  name: "rest-not-last",
  message: (h) => `\`${h.name}\` takes all that is left of the path, so nothing can follow`,
  label: () => "`Rest` may only be the last segment of a route",
  help: () => "make it a plain parameter, which takes one segment, or move it to the routes below",
});
export const looksLikeParameter = defineWarning<{ segment: string; instead: string }>({
  code: "GWL3308",
  name: "looks-like-parameter",
  message: (h) => `\`${h.segment}\` stands for itself: only requests with these characters come here`,
  help: (h) => `what differs between requests is a parameter, written \`${h.instead}\``,
});

export const PATH_DIAGNOSTICS = [
  pathNotCanonical,
  impossibleSegment,
  queryInPath,
  parameterForm,
  duplicateParameter,
  parameterType,
  restNotLast,
  looksLikeParameter,
] as const;
