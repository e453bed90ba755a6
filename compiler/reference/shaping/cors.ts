/**
 * Pages of other origins (Fetch standard, "HTTP-CORS protocol"): what they may read is on every answer, and who asks first is told. The
 * nearest level that says `cors` counts, and only it.
 */
import type { Answer, HeaderField, Outcome } from "../../../runtime/contract/gateway.ts";
import type { Cors } from "../../model/cors.ts";
import type { Scope } from "../../model/program.ts";
import type { BoundProgram } from "../bound-program.ts";
import type { CanonicalRequest } from "../canonical-request.ts";
import { effectiveRules } from "../effective-rules.ts";
import { evaluate } from "../evaluate.ts";
import { isToken, lowerAscii, pairsOf, trimBlanks, valuesOf } from "../fields.ts";
import { matchRoute, type Match } from "../match-route.ts";
import type { PlacedRoute } from "../placed-route.ts";
import type { Bound } from "../scene.ts";

/** `malformed`, `not-admitted` and `cross-origin` are refusals. */
export type PreflightResult = {
  readonly match: Match;
  readonly result: readonly HeaderField[] | "malformed" | "not-admitted" | "cross-origin";
};

export function inForce(levels: readonly Scope[]): Cors | undefined {
  const said = levels.flatMap(({ cors }) => cors ?? []).at(-1);
  return said === "none" ? undefined : said;
}

/** Undefined: no question of a browser, or about a route that says nothing of pages. */
export function preflight(
  { program, routes, bound }: BoundProgram,
  request: CanonicalRequest,
  isByEntry: boolean,
): PreflightResult | undefined {
  const { method, path, fields } = request;
  const [origin, ...moreOrigins] = valuesOf(fields, "origin");
  const [wanted, ...moreWanted] = valuesOf(fields, "access-control-request-method");
  if (method !== "OPTIONS" || path === undefined || origin === undefined || wanted === undefined) return undefined;
  const match = matchRoute(routes, wanted, path);
  const cors = "cause" in match ? undefined : inForce(match.placed.levels);
  if ("cause" in match || cors === undefined) return undefined;
  if (moreOrigins.length > 0 || moreWanted.length > 0) return { match, result: "malformed" };
  if (match.placed.isPrivate && !isByEntry) return { match, result: "not-admitted" };
  const names = valuesOf(fields, "access-control-request-headers")
    .flatMap((value) => value.split(","))
    .map((name) => lowerAscii(trimBlanks(name)))
    .filter((name) => name !== "");
  const { isPublic } = effectiveRules(program, match.placed, bound);
  const usual = usualHeaders(match.placed, isPublic ? [] : match.placed.accept, program.identities);
  const allowed = cors.headers === "any" ? names : (cors.headers ?? usual);
  const methods = cors.methods ?? [wanted];
  const isMethod = methods.includes(wanted) || (wanted === "HEAD" && methods.includes("GET"));
  const areNames = names.every((name) => isToken(name) && allowed.includes(name));
  if (!isLetIn(origin, cors, bound) || !isMethod || !areNames) return { match, result: "cross-origin" };
  const isNetwork = cors.privateNetwork && valuesOf(fields, "access-control-request-private-network")[0] === "true";
  return {
    match,
    result: [
      ["access-control-allow-methods", wanted],
      ...field("access-control-allow-headers", allowed.join(", ")),
      ...field("access-control-max-age", cors.maxAge === undefined ? "" : `${cors.maxAge}`),
      ...field("access-control-allow-private-network", isNetwork ? "true" : ""),
    ],
  };
}

function field(name: string, value: string): readonly HeaderField[] {
  return value === "" ? [] : [[name, value]];
}

/** What callers of the route have to send. */
function usualHeaders(
  { chosen }: PlacedRoute,
  accept: PlacedRoute["accept"],
  identities: BoundProgram["program"]["identities"],
): readonly string[] {
  const choice = chosen?.api.choice;
  const credentials = identities
    .filter(({ name }) => accept.some((caller) => caller.includes(name)))
    .flatMap(({ kind, headers }) => {
      if (kind === "sigv4") return ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];
      return headers.length === 0 ? ["authorization"] : headers;
    });
  return [...new Set(["content-type", ...credentials, ...(choice?.by === "header" ? [choice.name] : [])])].sort();
}

/** `rawHeaders` as they came: a refused request has an origin as well. */
export function withCors(program: BoundProgram, rawHeaders: readonly string[], outcome: Outcome): Outcome {
  const { route } = outcome.decision;
  const placed = program.routes.find((one) => one.route.key === route);
  const cors = inForce(placed ? placed.levels : [program.gateway]);
  if (cors === undefined) return outcome;
  const granted = grantedFields(cors, rawHeaders, program.bound);
  const vary: readonly HeaderField[] = cors.origins === "any" ? [] : [["vary", "Origin"]];
  return { ...outcome, answer: changed(outcome, granted, vary) };
}

/** Of a refusal that is the host's. */
export function fieldsOfFault(program: BoundProgram, rawHeaders: readonly string[], outcome: Outcome | undefined): readonly HeaderField[] {
  const placed = outcome && program.routes.find((one) => one.route.key === outcome.decision.route);
  const cors = inForce(placed ? placed.levels : [program.gateway]);
  if (cors === undefined) return [];
  return [...grantedFields(cors, rawHeaders, program.bound), ...(cors.origins === "any" ? [] : [["vary", "Origin"] as const])];
}

const OURS = "origin credentials methods headers max-age private-network"
  .split(" ")
  .map((what) => (what === "max-age" ? "access-control-max-age" : `access-control-allow-${what}`));
const ALL: readonly string[] = [...OURS.slice(0, 2), "access-control-expose-headers", ...OURS.slice(2)];

function changed({ answer, decision }: Outcome, granted: readonly HeaderField[], vary: readonly HeaderField[]): Answer {
  if (answer.kind === "local") {
    const own = answer.headers.filter(([name]) => decision.cause === "preflight" || !ALL.includes(name));
    return { ...answer, headers: [...own, ...granted, ...vary] };
  }
  const said = ALL.map((name): readonly [string, readonly string[]] => [
    name,
    granted.filter(([other]) => other === name).map(([, value]) => value),
  ]);
  const responseHeaders = [...answer.responseHeaders, ...said];
  return { ...answer, responseHeaders, ...(vary.length > 0 && { addedHeaders: [...(answer.addedHeaders ?? []), ...vary] }) };
}

function grantedFields(cors: Cors, rawHeaders: readonly string[], bound: Bound): readonly HeaderField[] {
  const [origin, ...more] = pairsOf(rawHeaders)
    .filter(([name]) => lowerAscii(name) === "origin")
    .map(([, value]) => trimBlanks(value));
  const expose = field("access-control-expose-headers", cors.expose.join(", "));
  if (cors.origins === "any") return [["access-control-allow-origin", "*"], ...expose];
  if (origin === undefined || more.length > 0 || !isLetIn(origin, cors, bound)) return [];
  return [["access-control-allow-origin", origin], ...field("access-control-allow-credentials", cors.credentials ? "true" : ""), ...expose];
}

/** Whether the nearest `cors` names the origin; one for all names none. */
export function namesOrigin(levels: PlacedRoute["levels"], origin: string, bound: Bound): boolean {
  const cors = inForce(levels);
  return cors !== undefined && cors.origins !== "any" && isLetIn(origin, cors, bound);
}

function isLetIn(origin: string, { origins }: Cors, bound: Bound): boolean {
  if (origins === "any") return true;
  return originTexts(origins, bound).some((text) => text === origin || isBelow(origin, text));
}

/** `https://*.shop.example` is `https://`, one or more labels of a name, `.shop.example`. */
function isBelow(origin: string, pattern: string): boolean {
  const [scheme, suffix] = pattern.split("*");
  if (scheme === undefined || suffix === undefined || !origin.startsWith(scheme) || !origin.endsWith(suffix)) return false;
  const labels = origin.slice(scheme.length, Math.max(scheme.length, origin.length - suffix.length)).split(".");
  return labels.every(isLabel);
}

function isLabel(text: string): boolean {
  return /^[a-z0-9-]+$/.test(text) && text[0] !== "-" && text.at(-1) !== "-";
}

function originTexts(origins: Exclude<Cors["origins"], "any">, bound: Bound): readonly string[] {
  const value = evaluate(origins, bound, undefined);
  return Array.isArray(value) ? value.map(String) : [];
}

/** At the start: each origin is one as browsers write it. */
export function badOrigins({ origins }: Cors, bound: Bound): readonly string[] {
  return origins === "any" ? [] : originTexts(origins, bound).filter((text) => !isOrigin(text));
}

function isOrigin(text: string): boolean {
  const [, scheme, host = "", port] = /^([a-z][a-z0-9+.-]*):\/\/([^:[\]]+|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?$/.exec(text) ?? [];
  if (scheme === undefined || Number(port ?? 1) > 65_535) return false;
  if (`${scheme}:${port}` === "https:443" || `${scheme}:${port}` === "http:80") return false;
  if (host.startsWith("[")) return true;
  const labels = (host.startsWith("*.") ? host.slice(2) : host).split(".");
  const isDomain = labels.length > 1 && /^[a-z]/.test(labels.at(-1) ?? "");
  return labels.every(isLabel) && (!host.startsWith("*.") || isDomain);
}
