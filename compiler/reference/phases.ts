/**
 * One request from its bytes to its outcome: the fixed phases (D24, D25, D45), and the decision rule. Any true deny or false require of a
 * phase denies; otherwise a true allow allows; otherwise nothing does. Every phase may be the last.
 */
import type { Answer, Cause, Decision, HeaderField, Outcome } from "../../runtime/contract/gateway.ts";
import type { BodyRead, GatewayRequest } from "../../runtime/contract/request.ts";
import type { World } from "../../runtime/contract/world.ts";
import { addressText } from "./address.ts";
import { allowedAnswer, toldOf } from "./allowed-answer.ts";
import { authenticate } from "./authenticate.ts";
import { readTypedBody, uncoded, unpacking } from "./body.ts";
import type { BoundProgram } from "./bound-program.ts";
import { type CallNames, freshNames, namesOf, saidNames } from "./call-names.ts";
import { besides } from "./besides.ts";
import { canonicalRequest, type CanonicalRequest } from "./canonical-request.ts";
import { clientAddress, peerAddress, peerText } from "./client-address.ts";
import { withDeprecation } from "./deprecation.ts";
import { type BoundEntry, entryFacts, entryOf, rulesOfEntry } from "./entry.ts";
import type { Withheld } from "./identity.ts";
import { effectiveRules, holds, type EffectiveRule } from "./effective-rules.ts";
import { valueOf } from "./fields.ts";
import { cameByTls } from "./forward.ts";
import type { BoundIdentity } from "./identity.ts";
import { matchRoute, type Match } from "./match-route.ts";
import { limitsOfPlans } from "./plans.ts";
import type { Phase } from "./reads.ts";
import { readOnce } from "./read-once.ts";
import type { PhaseName, Recorder } from "./recorder.ts";
import { releaseOn, releaseParts, sideOf } from "./releases.ts";
import { refusal, type RefusalDetails } from "./refusal.ts";
import type { Scene } from "./scene.ts";
import { sceneOf } from "./scene-of.ts";
import { preflight } from "./shaping/cors.ts";
import { checkRequest } from "./shaping/validate.ts";
import { mayRead } from "./single-fields.ts";
import { partsRead } from "./shaping/compose.ts";
import { admit, limitsOf, telling } from "./traffic.ts";
import { upgradeFault } from "./websocket.ts";
import { finished } from "./shaping/finished.ts";

/** All that the phases of one request share. */
type Call = {
  readonly program: BoundProgram;
  readonly raw: GatewayRequest;
  /** What was read of the body, if anybody has asked. */
  readonly wasRead: () => BodyRead | undefined;
  readonly world: World;
  readonly recorder: Recorder;
  readonly now: number;
} & CallNames;
/** What is known once a route was found. It grows from phase to phase. */
type Known = {
  readonly request: CanonicalRequest;
  readonly client: string;
  readonly peerIsTrusted: boolean;
  /** The entry that the request came by. */
  readonly came?: BoundEntry;
  readonly match: Match;
  readonly scene: Scene;
  readonly principal?: Decision["principal"];
  readonly withheld?: Withheld;
  /** What answers say of the limits that have counted the call. */
  readonly limitFields?: readonly HeaderField[];
  /** The body came in a coding, and goes on without it. */
  readonly isDecoded?: boolean;
  /** What the choice of the route depended on. */
  readonly vary?: readonly HeaderField[];
};

/** Every answer has what the program wants all to have, and says what pages of other origins may read. */
export async function decide(program: BoundProgram, given: GatewayRequest, world: World, recorder: Recorder): Promise<Outcome> {
  return finished(program, given, await judge(program, given, world, recorder));
}

async function judge(program: BoundProgram, given: GatewayRequest, world: World, recorder: Recorder): Promise<Outcome> {
  const { raw, wasRead } = readOnce(given);
  const begun: Call = { program, raw, wasRead, world, recorder, ...freshNames(program, world), now: world.now() };
  if (!Number.isFinite(begun.now)) throw new Error("the clock gives no time");
  const peer = peerText(raw.peer);
  const request = canonicalRequest(raw, program.requestRules);
  if (typeof request === "string") return refuse(begun, { client: peer }, "canonical request", request);
  recorder.phase("canonical request", `${request.method} ${request.path ?? "*"}`);

  const from = peerAddress(raw.peer);
  const call = from ? { ...begun, ...saidNames(program, begun, from, request.fields) } : begun;
  const address = from && clientAddress(from, valueOf(request.fields, "x-forwarded-for"), program.isTrusted);
  if (from === undefined || address === undefined) return refuse(call, { client: peer }, "client address", "malformed");
  const client = addressText(address);
  recorder.phase("client address", client === peer ? client : `${client}, said by ${peer}`);

  const came = raw.entry && entryOf(program.entries, raw.entry);
  if (raw.entry && came === undefined) return refuse(call, { client }, "entry", "not-admitted");

  const asked = preflight(program, request, came !== undefined);
  if (asked) return answerPreflight(call, { client, match: asked.match, ...(came && { came }) }, asked.result);

  const match =
    request.path === undefined
      ? ({ cause: "no-route", vary: [] } as const)
      : matchRoute(program.routes, request.method, request.path, request.fields);
  const door = { ...(came && { came }), vary: match.vary };
  if ("cause" in match) return refuse(call, { client, ...door }, "route", match.cause, match);
  recorder.phase("route", match.placed.route.key);
  const peerIsTrusted = program.isTrusted(from);
  const secure = cameByTls(request.fields, raw.secure, peerIsTrusted);
  const entry = came && { entry: entryFacts(came, addressText(from)) };
  const scene = { ...sceneOf(call, request, { client, secure }, match), ...entry };
  return decideOnRoute(call, { ...door, request, client, peerIsTrusted, match, scene });
}

/** Nobody is asked who calls, and no rule: a browser brings no credentials, and asks before it knows what to send. */
function answerPreflight(
  call: Call,
  known: Pick<Known, "client" | "match"> & Partial<Known>,
  result: NonNullable<ReturnType<typeof preflight>>["result"],
): Outcome {
  if (typeof result === "string") return refuse(call, known, "preflight", result);
  const { requestId } = call;
  const { client, match, came } = known;
  call.recorder.phase("preflight", "granted");
  const headers: readonly HeaderField[] = [["x-request-id", requestId], ...result];
  const decision = { effect: "allow", cause: "preflight", rules: [], route: match.placed.route.key, parameters: match.shown } as const;
  return {
    ...namesOf(call),
    client,
    decision: { ...decision, ...(came && { entry: came.entry.name }) },
    answer: { kind: "local", status: 204, headers, body: "" },
  };
}

async function decideOnRoute(call: Call, found: Known): Promise<Outcome> {
  const { program, recorder } = call;
  const { placed } = found.match;
  const { isPublic, rules } = effectiveRules(program.program, placed, program.bound);
  const restrictions = rules.filter(isLimit);
  const allows = rules.filter((rule) => rule.effect === "allow");
  const { entries } = program;
  const doors = entries.flatMap((entry) => rulesOfEntry(program.program, entry, placed, program.bound));
  const door = found.came ? rulesOfEntry(program.program, found.came, placed, program.bound) : [];
  recorder.found([...door, ...rules]);

  const { target } = placed.route;
  const also = [
    ...partsRead(program.program.backends, target),
    ...releaseParts(program.program, placed.route),
    placed.route.mapBody,
    placed.route.returned?.map,
    ...(placed.route.cache?.by ?? []),
  ];
  if (!mayRead([...doors, ...rules], placed, also, found.scene)) return refuse(call, found, "single fields", "malformed");
  recorder.phase("single fields", "nothing that is read as one value came twice");
  const unfit = upgradeFault(program, placed, found.request);
  if (unfit) return refuse(call, found, "upgrade", unfit);

  const turnedAway = atTheDoor(call, found, door);
  if (turnedAway) return turnedAway;
  const early = broken(call, "rules before authentication", restrictions, "request", found.scene);
  if (early.length > 0) return deny(call, found, "rules before authentication", early);

  const known = await identify(call, found, isPublic);
  if ("answer" in known) return known;
  const late = broken(call, "rules about the caller", [...door.filter(isLimit), ...restrictions], "principal", known.scene);
  if (late.length > 0) return deny(call, known, "rules about the caller", late);
  const admits = door.some((rule) => rule.effect === "allow" && asks(call, "rules about the caller", rule, known.scene));
  if (found.came && !admits) return refuse(call, known, "rules about the caller", "not-admitted");
  const granted = allows.filter((rule) => rule.phase !== "body" && asks(call, "rules about the caller", rule, known.scene));
  const mayStill = allows.some((rule) => rule.phase === "body");
  if (granted.length === 0 && !mayStill) return deny(call, known, "rules about the caller", []);
  call.recorder.phase("rules about the caller", granted.length > 0 ? "allowed" : "nothing denies; the body may still allow");
  const counted = await count(call, known);
  return "answer" in counted ? counted : decideOnBody(call, counted, restrictions, allows, granted);
}

/** At the limits of all levels, once it is known that the call may come as far as to its body. */
async function count(call: Call, known: Known): Promise<Known | Outcome> {
  const { route, levels } = known.match.placed;
  const limits = [...limitsOfPlans(call.program.program, known.scene, route.key), ...limitsOf(levels).map((limit) => ({ limit }))];
  if (limits.length === 0) return known;
  const { whenOver = (tell) => tell() } = call.raw;
  const { program, world } = call;
  const around = { now: world.now(), whenOver, shared: world.shared, gateway: program.gateway.name };
  const { fields, refused } = await admit(limits, known.scene, around, program.ledger);
  const counted = { ...known, limitFields: fields };
  if (refused) return refuse(call, counted, "limits", refused.cause, refused, undefined, refused.sites.toSorted());
  call.recorder.phase("limits", fields.map(([name, value]) => `${name}: ${value}`).join(", "));
  return counted;
}

function isLimit(rule: EffectiveRule): boolean {
  return rule.effect !== "allow";
}

/** D170: what is private is reached by an entry, and an entry lets in what it allows. Who may still be let in as a caller is asked who it is. */
function atTheDoor(call: Call, found: Known, door: readonly EffectiveRule[]): Outcome | undefined {
  const { came, match, scene } = found;
  if (came === undefined) return match.placed.isPrivate ? refuse(call, found, "entry", "not-admitted") : undefined;
  const denied = broken(call, "entry", door.filter(isLimit), "request", scene);
  if (denied.length > 0) return deny(call, found, "entry", denied);
  const allows = door.filter((rule) => rule.effect === "allow");
  const isOpen = allows.some((rule) => rule.phase === "principal") || allows.some((rule) => asks(call, "entry", rule, scene));
  if (!isOpen) return refuse(call, found, "entry", "not-admitted");
  call.recorder.phase("entry", `by ${came.entry.name}`);
  return undefined;
}

/** D25: nobody is asked on a public route, and nobody where nothing is accepted. */
async function identify(call: Call, found: Known, isPublic: boolean): Promise<Known | Outcome> {
  const { placed } = found.match;
  call.recorder.phase("rules before authentication", "nothing denies");
  if (isPublic || placed.accept.length === 0) {
    call.recorder.phase("authentication", isPublic ? "nobody is asked: the route is public" : "nobody is asked: nothing is accepted here");
    return found;
  }
  const bound = (name: string): readonly BoundIdentity[] => call.program.identities.filter((identity) => identity.name === name);
  const accepted = placed.accept.map((caller) => caller.flatMap(bound));
  const { request, client, scene } = found;
  const { raw, now, world } = call;
  const result = await authenticate(accepted, { request, raw, client, scene, limit: call.program.gateway.limits.body, now, world });
  if ("cause" in result) return refuse(call, found, "authentication", result.cause, result, result.why);
  const [first, ...others] = result.map(({ principal }) => principal);
  if (first === undefined) return refuse(call, found, "authentication", "unauthenticated");
  call.recorder.phase("authentication", [first, ...others].map(({ identity, id }) => `${identity} ${id}`).join(" and "));
  const principal = others.length === 0 ? first : { ...first, and: others };
  const withheld = result.find((verified) => verified.withheld)?.withheld;
  return { ...found, principal, ...(withheld && { withheld }), scene: { ...found.scene, callers: result.map(({ caller }) => caller) } };
}

async function decideOnBody(
  call: Call,
  known: Known,
  restrictions: readonly EffectiveRule[],
  allows: readonly EffectiveRule[],
  granted: readonly EffectiveRule[],
): Promise<Outcome> {
  const { limits } = call.program.gateway;
  const { request, match } = known;
  const type = match.placed.route.body;
  if ((request.declaredLength ?? 0) > limits.body) return refuse(call, known, "body", "body-too-large");
  const { validate } = match.placed.route;
  const checked = validate ? checkRequest(validate, request, known.scene) : { errors: [] };
  if ("cause" in checked) return refuse(call, known, "body", checked.cause);
  const body = type && (await readTypedBody(type, limits, request, call.raw, unpacking(match.placed.levels, call.world)));
  const misfits = [...checked.errors, ...(body && "cause" in body ? (body.errors ?? []) : [])];
  const isRead = body === undefined || !("cause" in body) || body.cause === "invalid-body";
  if (checked.errors.length > 0 && isRead) return refuse(call, known, "body", "invalid-request", { errors: misfits.slice(0, 20) });
  if (body && "cause" in body) return refuse(call, known, "body", body.cause, body);
  const read = call.wasRead();
  if (read && read.kind !== "bytes") return refuse(call, known, "body", read.kind === "tooLarge" ? "body-too-large" : "incomplete-body");
  call.recorder.phase("body", body ? `${body.bytes.length} bytes that fit` : "not read here");

  const scene = body ? { ...known.scene, body: body.value } : known.scene;
  const denied = broken(call, "rules about the body", restrictions, "body", scene);
  if (denied.length > 0) return deny(call, known, "rules about the body", denied);
  const last = allows.filter((rule) => rule.phase === "body" && asks(call, "rules about the body", rule, scene));
  const determining = [...granted, ...last];
  if (determining.length === 0) return deny(call, known, "rules about the body", []);
  call.recorder.phase("rules about the body", "allowed");
  const isDecoded = body?.isDecoded === true;
  return allow(call, { ...known, scene, isDecoded }, determining, body?.bytes ?? read?.bytes);
}

/** The true denies and false requires of one phase; all of them are asked. */
function broken(call: Call, name: PhaseName, restrictions: readonly EffectiveRule[], phase: Phase, scene: Scene): readonly EffectiveRule[] {
  const asked = restrictions.filter((rule) => rule.phase === phase);
  return asked.filter((rule) => asks(call, name, rule, scene) === (rule.effect === "deny"));
}

function asks({ recorder }: Call, phase: PhaseName, rule: EffectiveRule, scene: Scene): boolean {
  const isTrue = holds(rule, scene);
  recorder.asked(phase, rule, isTrue);
  return isTrue;
}

function allow(call: Call, known: Known, rules: readonly EffectiveRule[], body: Uint8Array | undefined): Outcome {
  const { client, match, scene, withheld, peerIsTrusted, principal, came, isDecoded } = known;
  const request = isDecoded ? { ...known.request, fields: uncoded(known.request.fields) } : known.request;
  const { route, levels } = match.placed;
  const release = releaseOn(call.program.program, route);
  const side = release && sideOf(release, scene, call.world);
  const { requestId, trace, raw } = call;
  const asSeen = { request, withheld, requestId, trace, client, peerIsTrusted, secure: raw.secure, body };
  const about = {
    route: `${route.method} ${match.placed.facts.path}`,
    parameters: match.shown,
    principal,
    stage: scene.stage,
    now: call.now,
  };
  const passed = { ...asSeen, ...about, certificates: raw.certificate?.chain ?? [], side };
  const answer = allowedAnswer(call.program, match.placed, passed, scene);
  if (typeof answer === "string") return refuse(call, known, "answer", answer);
  call.recorder.phase("answer", toldOf(answer));
  const decision = { effect: "allow", cause: "rule", rules: keysOf(rules), route: route.key, parameters: match.shown } as const;
  const whose = { ...(principal && { principal }), ...(came && { entry: came.entry.name }) };
  const chosen = release && side !== undefined ? { release: { name: release.name, side } } : {};
  const decided = { ...decision, ...whose, ...chosen };
  return withDeprecation(levels, { ...namesOf(call), client, decision: decided, answer: told(answer, known) });
}

/** Denied by rules, or, where none decided, by default. */
function deny(call: Call, known: Known, phase: PhaseName, rules: readonly EffectiveRule[]): Outcome {
  const sorted = rules.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const reasons = call.program.gateway.explainRefusals ? sorted.flatMap((rule) => rule.because ?? []) : [];
  return refuse(call, known, phase, rules.length > 0 ? "rule" : "default", { reasons }, undefined, keysOf(rules));
}

function refuse(
  call: Call,
  known: Pick<Known, "client"> & Partial<Known>,
  phase: PhaseName,
  cause: Cause,
  details: RefusalDetails = {},
  happened: string = cause,
  rules: readonly string[] = [],
): Outcome {
  call.recorder.phase(phase, `refused: ${happened}`);
  const { client, match, principal, came } = known;
  const route = match && { route: match.placed.route.key };
  const decision = {
    effect: "deny",
    cause,
    rules,
    ...route,
    parameters: match?.shown ?? {},
    ...(principal && { principal }),
    ...(came && { entry: came.entry.name }),
  } as const;
  return {
    ...namesOf(call),
    client,
    decision,
    answer: told(refusal(cause, call.requestId, details), known),
  };
}

/** With what limits say, and what the route depended on. */
function told(answer: Answer, { limitFields, vary = [] }: Partial<Known>): Answer {
  return besides(telling(answer, limitFields), vary);
}

/** As strings, by code units. */
function keysOf(rules: readonly EffectiveRule[]): readonly string[] {
  return rules.map((rule) => rule.key).sort();
}
