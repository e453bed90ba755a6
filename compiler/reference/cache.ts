/**
 * `cache`: which calls may share an answer (D290). Two calls may where the route, the backend and the request that it gets are the same (but for the
 * client's address and the ids of the call), and the caller is: all of it, or what the program reads of it in its place.
 */
import type { CachePlan } from "../../runtime/contract/cache.ts";
import type { Answer, HeaderField, Principal } from "../../runtime/contract/gateway.ts";
import type { RouteCache } from "../model/cache.ts";
import type { Expr } from "../model/expression.ts";
import type { Identity } from "../model/program.ts";
import type { BoundProgram } from "./bound-program.ts";
import { effectiveRules } from "./effective-rules.ts";
import { evaluate } from "./evaluate.ts";
import { lowerAscii, trimBlanks, valuesOf } from "./fields.ts";
import { mayAct } from "./iam/aws-allows.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { everyPart } from "./reads.ts";
import type { Scene } from "./scene.ts";
import { textOf } from "./texts.ts";
import { effectiveTransforms } from "./transforms.ts";
import { isItems, isRecord } from "./values.ts";

/** `path`: that the backend is asked for, before it changes it itself. `method`: of the request. `principal`: as the outcome shows it. */
type Answered = {
  readonly answer: Answer;
  readonly path: string;
  readonly scene: Scene;
  readonly method: string;
  readonly principal: Principal | undefined;
};
type BackendAnswer = Extract<Answer, { readonly kind: "forward" | "invoke" }>;
/** `callers`: all that the call proved, with their claims as these came. */
type Kept = {
  readonly cache: RouteCache;
  readonly answer: BackendAnswer;
  readonly place: string;
  readonly callers: readonly Principal[];
};

export function withCache(program: BoundProgram, placed: PlacedRoute, { answer, path, scene, method, principal }: Answered): Answer {
  const { cache, target } = placed.route;
  if (answer.kind === "local" || answer.kind === "websocket" || answer.kind === "compose" || target.kind !== "backend") return answer;
  const place = JSON.stringify([scene.stage ?? "", target.backend, path]);
  if (cache) {
    const callers = principal ? [principal, ...(principal.and ?? [])] : [];
    const plan = planOf(program, placed, { cache, answer, place, callers }, scene);
    return plan ? { ...answer, cache: plan } : answer;
  }
  const isKept = program.routes.some(
    ({ route }) => route.cache && route.target.kind === "backend" && route.target.backend === target.backend,
  );
  const isSafe = ["GET", "HEAD", "OPTIONS"].includes(method);
  return isKept && !isSafe ? { ...answer, changes: place } : answer;
}

function planOf(program: BoundProgram, placed: PlacedRoute, { cache, answer, place, callers }: Kept, scene: Scene): CachePlan | undefined {
  const { refresh, ...rule } = cache.rule;
  const keys = cache.by.map((key) => textOf(evaluate(key, scene, undefined), key.type));
  const whose = sharers(cache, callers);
  if (whose === undefined || keys.includes(undefined)) return undefined;
  const fields = fieldsSeen(answer);
  const own = effectiveTransforms(placed.levels, "request").map(({ name }) => name);
  const telling = fields.filter(([name]) => [...own, ...TELLING].includes(name)).sort(byName);
  const isPersonal = cache.whose === "caller" || isOneCaller(cache.by, placed, program.program.identities);
  const isSomebodys = callers.length > 0 || valuesOf(fields, "authorization").length > 0;
  const wish = wishOf(scene.request?.fields ?? []);
  return {
    ...rule,
    key: JSON.stringify([scene.stage ?? "", placed.route.key, answer.backend, asked(answer), whose, keys, telling]),
    place,
    isPersonal,
    needsConsent: isSomebodys && !isPersonal,
    refreshes: wish.anew && (refresh === "anyone" || (refresh === "permitted" && mayInvalidate(program, placed, scene))),
    keepsNothing: wish.unkept,
  };
}

const TELLING: readonly string[] = ["x-forwarded-proto", "x-forwarded-host", "cookie", "client-cert", "client-cert-chain"];

function byName([left]: HeaderField, [right]: HeaderField): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Whose answer it is, as text; undefined: somebody's who is not known. */
function sharers({ whose }: RouteCache, callers: readonly Principal[]): string | undefined {
  if (whose === "everyone") return "";
  if (callers.length === 0) return undefined;
  if (whose === "some") return JSON.stringify(callers.map(({ identity }) => identity));
  return JSON.stringify(callers.map(({ identity, id, claims }) => [identity, id, inOrder(claims)]));
}

/** With members by their names. */
function inOrder(value: unknown): unknown {
  if (isItems(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inOrder(value[name])]));
}

/** What the backend sees: a function in its event, where cookies stand by themselves in version 2.0. */
function fieldsSeen(answer: BackendAnswer): readonly HeaderField[] {
  if (answer.kind === "forward") return answer.headers;
  const { event } = answer;
  const pairs = (fields: unknown): readonly HeaderField[] =>
    isRecord(fields)
      ? Object.entries(fields).flatMap(([name, value]) => (isItems(value) ? value : [value]).map((one): HeaderField => [name, String(one)]))
      : [];
  const cookies = isItems(event["cookies"]) ? event["cookies"].map((one): HeaderField => ["cookie", String(one)]) : [];
  return event["version"] === "1.0" ? pairs(event["multiValueHeaders"]) : [...pairs(event["headers"]), ...cookies];
}

function asked(answer: BackendAnswer): unknown {
  if (answer.kind === "forward") return answer.target;
  const { event } = answer;
  return event["version"] === "1.0"
    ? [event["path"], event["multiValueQueryStringParameters"]]
    : [event["rawPath"], event["rawQueryString"]];
}

/** Whether one of the keys names the caller, of whom there is one identity. */
function isOneCaller(keys: readonly Expr[], { accept }: PlacedRoute, identities: readonly Identity[]): boolean {
  if (accept.some((together) => together.length > 1)) return false;
  return keys.some((key) => {
    if (key.op === "principalId") return key.of === undefined;
    if (key.op !== "principalField" || key.of !== undefined) return false;
    return key.identities.every((name) => identities.some((identity) => identity.name === name && isSubject(identity, key.name)));
  });
}

/** Of identities that bring tokens: the claim of this name is the member that says who it is. */
function isSubject({ kind, subject, claims }: Identity, name: string): boolean {
  const hasToken = kind === "jwt" || kind === "oidc" || kind === "cognito" || kind === "introspect";
  return hasToken && claims.some((claim) => claim.name === name && claim.claim === subject);
}

/** What the client says of caches (RFC 9111, sections 5.2.1 and 5.4). */
function wishOf(fields: readonly HeaderField[]): { readonly anew: boolean; readonly unkept: boolean } {
  const directives = partsOfList(valuesOf(fields, "cache-control"));
  const isOld = valuesOf(fields, "cache-control").length === 0;
  const named = (list: readonly string[], wanted: string): readonly string[] => list.filter((one) => nameOf(one) === wanted);
  const isOver = named(directives, "max-age").some((one) => /^[^=]*=[ \t]*("(?:\\?0)+"|0+)[ \t]*$/.test(one));
  const saysPragma = isOld && named(partsOfList(valuesOf(fields, "pragma")), "no-cache").length > 0;
  return { anew: isOver || saysPragma || named(directives, "no-cache").length > 0, unkept: named(directives, "no-store").length > 0 };
}

function nameOf(directive: string): string {
  return lowerAscii(trimBlanks(directive.split("=")[0] ?? ""));
}

/** Commas in quotes divide nothing. */
function partsOfList(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => {
    const hidden = value.replace(/"(?:[^"\\]|\\.)*"?/g, (quoted) => quoted.replaceAll(",", "\u0000"));
    return hidden.split(",").map((part) => part.replaceAll("\u0000", ","));
  });
}

/** By IAM: with the resource policies that are asked as AWS asks them on this route. */
function mayInvalidate(program: BoundProgram, placed: PlacedRoute, scene: Scene): boolean {
  const { rules } = effectiveRules(program.program, placed, program.bound);
  const parts = rules.flatMap(({ when, given }) => (when ? everyPart(when, given) : []));
  const documents = [...new Set(parts.flatMap((part) => (part.op === "awsAllows" ? [part.document] : [])))];
  const target = `${scene.method ?? ""}${scene.request?.path ?? ""}`;
  return mayAct({ action: "execute-api:InvalidateCache", target, documents }, scene);
}
