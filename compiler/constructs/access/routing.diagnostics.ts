/** GWL35xx: the gateway, its levels, its routes and what they answer or set. */
import { defineError, defineWarning } from "../../../grammar/source/diagnostic.ts";

export const routeWithoutTarget = defineError({
  code: "GWL3501",
  role: "lacks",
  name: "route-without-target",
  message: () => "this route leads nowhere",
  label: () => "no `-> BACKEND`, no `respond` and no `compose`",
  help: () => "say `-> BACKEND` behind the path, or `respond STATUS` or `compose { ... }` in the route's block",
});
export const routeWithTwoTargets = defineError({
  code: "GWL3502",
  name: "route-with-two-targets",
  message: () => "this route has a backend and answers itself",
  label: () => "so no call would reach the backend",
  help: () => "remove `->` or `respond`",
});
export const bodyOnBodilessMethod = defineWarning<{ method: string }>({
  code: "GWL3503",
  name: "body-on-bodiless-method",
  message: (h) => `the body of a \`${h.method}\` request means nothing`,
  label: () => "many clients and proxies drop it (RFC 9110, section 9.3)",
  help: () => "take the values from the path or the query, or use `POST`",
});
export const versionForm = defineError<{ found: string }>({
  code: "GWL3504",
  name: "version-form",
  message: (h) => `\`${h.found}\` is no version`,
  help: () => "a version is a whole number from 1, as in `version 2`",
});
export const notAHost = defineError<{ written: string; why: string }>({
  code: "GWL3506",
  name: "not-a-host",
  message: (h) => `\`${h.written}\` is not the name of a host`,
  label: (h) => h.why,
  help: () => 'a name or an address without port, as in `"api.shop.example"`',
});
export const limitOutOfBounds = defineError<{ name: string; least: string; most: string }>({
  code: "GWL3507",
  name: "limit-out-of-bounds",
  message: (h) => `\`${h.name}\` must be from ${h.least} to ${h.most}`,
  help: (h) => `choose a value from ${h.least} to ${h.most}; without one the default holds`,
});
export const unknownChoice = defineError<{ name: string; found: string; choices: readonly string[] }>({
  code: "GWL3508",
  name: "unknown-choice",
  message: (h) => `\`${h.name}\` cannot be ${h.found}`,
  help: (h) => `it is one of ${h.choices.map((choice) => `\`${choice}\``).join(", ")}`,
});
export const notAHeaderName = defineError<{ written: string }>({
  code: "GWL3509",
  name: "not-a-header-name",
  message: (h) => `\`${h.written}\` is not the name of a header field`,
  label: () => "letters, digits and `!#$%&'*+-.^`|~` (RFC 9110, section 5.1)",
  help: () => "fields with `_` are refused as well: many servers take `X_A` for `X-A`",
});
export const guardedHeader = defineError<{ name: string; why: string }>({
  code: "GWL3510",
  name: "guarded-header",
  message: (h) => `\`${h.name}\` cannot be set`,
  label: (h) => h.why,
  help: () => "use a header of your own, such as `X-Tenant`",
});
export const headerValue = defineError<{ name: string }>({
  code: "GWL3511",
  name: "header-value",
  message: (h) => `this value cannot stand in \`${h.name}\``,
  label: () => "control characters, or characters beyond latin1",
  help: () => "header fields carry one line of latin1 text; encode everything else, for example as base64",
});
export const statusForm = defineError<{ found: string }>({
  code: "GWL3512",
  name: "status-form",
  message: (h) => `a route cannot answer \`${h.found}\``,
  label: () => "not a final status",
  help: () => "a final status is a number from 200 to 599",
});
export const bodyWithoutPlace = defineError<{ status: number }>({
  code: "GWL3513",
  name: "body-without-place",
  message: (h) => `an answer with status ${h.status} has no body`,
  help: () => "remove the body, or answer 200 (RFC 9110, section 15)",
});
export const respondBody = defineError({
  code: "GWL3514",
  name: "respond-body",
  message: () => "the body of a `respond` must be known when the program is compiled",
  label: () => "neither a text nor a record of constants",
  help: () => 'written as `respond 200 "text"` or `respond 200 { name: value }`',
});
export const versionMedia = defineError<{ written: string }>({
  code: "GWL4530",
  name: "version-media",
  message: (h) => `\`${h.written}\` is not a media type`,
  help: () =>
    'a type of this version alone, as in `by media "application/vnd.shop.v2+json"`; for a parameter write `by parameter "version"`',
});
export const versionParameter = defineError<{ written: string }>({
  code: "GWL4531",
  name: "version-parameter",
  message: (h) => `\`${h.written}\` cannot say a version`,
  label: () => "not a name, or one that has a meaning of its own in media types",
  help: () => 'a name of your own, as in `by parameter "version"`: clients then send `Accept: application/json;version=2`',
});

export const ROUTING_DIAGNOSTICS = [
  routeWithoutTarget,
  routeWithTwoTargets,
  bodyOnBodilessMethod,
  versionForm,
  notAHost,
  limitOutOfBounds,
  unknownChoice,
  notAHeaderName,
  guardedHeader,
  headerValue,
  statusForm,
  bodyWithoutPlace,
  respondBody,
  versionMedia,
  versionParameter,
] as const;
