/**
 * Every refusal that the gateway itself can give, for each route and before one is known. Promises: none is left out; one that cannot come after all may be
 * listed. What backends answer is theirs.
 */
import type { EveryAnswerData, RefusalData } from "../../runtime/contract/table-data.ts";
import { REFUSALS } from "./every-answer.ts";
import type { Cell, Ir, IrRoute } from "./ir.ts";
import type { Identity, TrafficLimit } from "./program.ts";

type Kind = keyof typeof REFUSALS;
/** `status` as the program says it. */
export type KnownAnswer = { readonly kind: Kind; readonly status: number };

/** Of requests that come to no route. */
export function answersBeforeRoutes(ir: Ir): readonly KnownAnswer[] {
  const may: Partial<Record<Kind, boolean>> = {
    malformed: true,
    expectation: true,
    "headers-too-large": true,
    "target-too-long": true,
    "incomplete-head": true,
    "unknown-host": ir.settings.hosts.length > 0,
    "not-admitted": ir.entries.length > 0,
    "no-route": true,
    "method-not-allowed": true,
    "unknown-version": (ir.versions ?? []).some(({ by }) => by === "header"),
    "not-acceptable": (ir.versions ?? []).some(({ by }) => by !== "header"),
    internal: true,
  };
  return known(may, ir.everyAnswer?.sets[ir.everyAnswer.gateway]);
}

export function answersOfRoute(ir: Ir, number: number): readonly KnownAnswer[] {
  const route = ir.routes[number];
  if (route === undefined) return [];
  const identities = route.isPublic ? [] : route.accept.flat().flatMap((at) => ir.identities[at] ?? []);
  const limits = limitsOf(ir, route);
  const kinds = limits.map(({ measure }) => measure.kind);
  const backend = route.target.kind === "backend" ? ir.backends[route.target.backend] : undefined;
  const isComposed = route.target.kind === "compose";
  const isCarried = isComposed || (backend !== undefined && backend.kind !== "respond");
  const readsBody = route.body !== undefined || identities.some(({ kind }) => kind === "sigv4");
  const isAuthorized = identities.some(({ kind }) => kind === "lambda" || kind === "http");
  const may: Partial<Record<Kind, boolean>> = {
    malformed: true,
    "upgrade-required": backend?.kind === "websocket",
    "cross-origin": route.cors !== undefined || backend?.kind === "websocket",
    "not-admitted": route.isPrivate || ir.entries.length > 0,
    rule: denies(ir, route),
    default: !route.isPublic,
    unauthenticated: identities.length > 0,
    "keys-unavailable": identities.some(asksOutside),
    "authorizer-denied": isAuthorized,
    "authorizer-failed": isAuthorized,
    "target-too-long": isAuthorized,
    throttled: kinds.includes("throttle"),
    "quota-exceeded": kinds.includes("quota"),
    "too-many-at-once": kinds.includes("concurrency"),
    "limits-unavailable": limits.some(({ shared }) => shared?.otherwise === "deny"),
    "body-too-large": true,
    "unsupported-media-type": route.body !== undefined || route.validate?.consumes !== undefined,
    "not-acceptable": route.validate?.produces !== undefined,
    "invalid-request": (route.validate?.fields ?? []).length > 0,
    "invalid-body": route.body !== undefined,
    "incomplete-body": readsBody || isCarried,
    internal: true,
    "bad-gateway": isCarried,
    "invalid-answer": isComposed || (isCarried && route.returned !== undefined),
    "backend-unavailable": isCarried,
    "backend-timeout": isCarried,
  };
  const set = ir.everyAnswer?.routes[number];
  const said = set === undefined ? undefined : ir.everyAnswer?.sets[set];
  return [...known(may, said), ...decidedByParts(route, said)];
}

/** Those of plans too: which plan a caller has is known when it calls. */
function limitsOf({ traffic = [], plans }: Ir, route: IrRoute): readonly TrafficLimit[] {
  const ofPlans = route.isPublic ? [] : (plans?.plans ?? []).flatMap(({ limits }) => limits);
  return [...(route.traffic ?? []).map(({ limit }) => limit), ...ofPlans].flatMap((at) => traffic[at] ?? []);
}

function known(may: Partial<Record<Kind, boolean>>, said: EveryAnswerData | undefined): readonly KnownAnswer[] {
  const kinds = (Object.keys(REFUSALS) as Kind[]).filter((kind) => may[kind] === true);
  return kinds.map((kind) => ({ kind, status: formOf(kind, said?.refusals ?? [])?.status ?? REFUSALS[kind] }));
}

/** Each status once, as the parts say it. */
function decidedByParts({ target }: IrRoute, said: EveryAnswerData | undefined): readonly KnownAnswer[] {
  const parts = target.kind === "compose" ? target.composed.parts : [];
  const kind = "decided-by-part";
  const statuses = parts.flatMap(({ decides = [] }) => decides.map((status) => formOf(kind, said?.refusals ?? [])?.status ?? status));
  return [...new Set(statuses)].sort((a, b) => a - b).map((status) => ({ kind, status }));
}

function formOf(kind: Kind, refusals: readonly RefusalData[]): RefusalData | undefined {
  const many = REFUSALS[kind] < 500 ? "client-errors" : "server-errors";
  return [kind, many, "any"].flatMap((wanted) => refusals.find((form) => form.kind === wanted) ?? [])[0];
}

/** Of some address class, by the route's rules or an entry's. */
function denies({ cells }: Ir, { cellOfClass, entryCells }: IrRoute): boolean {
  const deniesAt = ({ denies: { request, principal, body } }: Cell): boolean => request + principal + body > 0;
  return [...cellOfClass, ...entryCells.flat()].some((at) => cells[at] !== undefined && deniesAt(cells[at]));
}

/** What is asked over a network, or has a bound of its own. */
function asksOutside(identity: Identity): boolean {
  switch (identity.kind) {
    case "jwt":
      return identity.keys.kind === "url";
    case "cognito":
    case "oidc":
    case "introspect":
    case "basic":
    case "saml":
      return true;
    case "api_key":
    case "http":
    case "lambda":
    case "mtls":
    case "sigv4":
      return false;
  }
}
