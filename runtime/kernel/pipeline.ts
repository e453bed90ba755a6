/**
 * The fixed phases of a request (D24, D25), each of which may refuse it. Promises: nothing is asked of the principal before
 * one is known, nothing of the body before it is valid, and no phase is skipped but for a reason that stands here.
 */
import type { Gateway, Outcome } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { World } from "../contract/world.ts";
import { answer } from "./answer.ts";
import { arrive, type Arrival } from "./arrival.ts";
import { authenticate, type Authenticated } from "./authentication.ts";
import { takeBody } from "./body-phase.ts";
import type { Call, CallPrincipal } from "./call.ts";
import { type CellPart, cellParts, rootOf, rulesOf } from "./cell-rules.ts";
import { deprecatedOutcome } from "./deprecated.ts";
import { deniesOfDoor, notLetIn, turnedAway } from "./door.ts";
import { allowedOutcome, preflightOutcome, refusedOutcome, type Progress, type Refused } from "./progress.ts";
import { releasedOutcome, type Side } from "./releases.ts";
import type { Running } from "./running.ts";
import type { Admission } from "./traffic.ts";

export function gatewayOf(run: Running): Gateway {
  const { shaping } = run;
  if (shaping === undefined) return { handle: (request, world) => handle(run, request, world) };
  return {
    handle: async (request, world) => shaping.finished(await handle(run, request, world), request),
    onFault: shaping.onFault,
  };
}

async function handle(run: Running, request: GatewayRequest, world: World): Promise<Outcome> {
  const now = world.now();
  if (!Number.isFinite(now)) throw new Error("the clock gives no time: nothing can be judged");
  const progress: Progress = { requestId: world.requestId(), client: request.peer, parameters: {} };
  run.names?.begun(progress, world);
  const arrival = arrive(run, request, { now, lone: run.loneNow(world) }, progress);
  if (isRefused(arrival)) return refusedOutcome(run, progress, arrival);
  if ("granted" in arrival) return preflightOutcome(progress, arrival);
  const stranger = turnedAway(run, arrival) ?? denied(run, arrival, cellParts.deniesOfRequest);
  if (stranger !== undefined) return refusedOutcome(run, progress, stranger);
  // Nothing waits but for the outside: each needless turn of the queue costs like a phase.
  const asked = identified(run, arrival, request, world, progress);
  const unknown = (asked instanceof Promise ? await asked : asked) ?? deniedCaller(run, arrival);
  if (unknown !== undefined) return refusedOutcome(run, progress, unknown);
  const early = both(rulesAt(run, arrival, cellParts.allowsOfRequest), rulesAt(run, arrival, cellParts.allowsOfPrincipal));
  if (early.length === 0 && rootOf(run, arrival.cell, cellParts.allowsOfBody) === 0) return refusedOutcome(run, progress, byDefault);
  const counting = counted(run, arrival, request, world, progress);
  const surplus = counting instanceof Promise ? await counting : counting;
  if (surplus !== undefined) return refusedOutcome(run, progress, surplus);
  request.onPhase?.("body");
  const taken = takeBody(arrival, request, world);
  const body = taken instanceof Promise ? await taken : taken;
  if (isRefused(body)) return refusedOutcome(run, progress, body);
  const late = denied(run, arrival, cellParts.deniesOfBody);
  if (late !== undefined) return refusedOutcome(run, progress, late);
  const allows = both(early, rulesAt(run, arrival, cellParts.allowsOfBody));
  if (allows.length === 0) return refusedOutcome(run, progress, byDefault);
  request.onPhase?.("answer");
  const side = sideOf(run, arrival, world);
  const given = answer(side === undefined ? arrival : sentTo(run, arrival, side), request, progress.requestId, body);
  if (typeof given === "string") return refusedOutcome(run, progress, { cause: given });
  const allowed = allowedOutcome(run, progress, allows, given);
  const outcome = side === undefined ? allowed : releasedOutcome(allowed, side.release, run.backendNames[side.backend] ?? "");
  const { deprecated } = arrival.route.data;
  return deprecated === undefined ? outcome : deprecatedOutcome(outcome, deprecated);
}

/** Undefined: nothing divides the calls of this route. */
function sideOf({ releases }: Running, { route, call }: Arrival, world: World): Side | undefined {
  const { release } = route.data;
  if (releases === undefined || release === undefined || route.code.release === undefined) return undefined;
  return releases(release, route.code.release, call, world);
}

function sentTo({ backends }: Running, arrival: Arrival, { backend }: Side): Arrival {
  const target = backends[backend];
  if (target === undefined) throw new Error(`there is no backend ${backend}`);
  return { ...arrival, route: { ...arrival.route, target } };
}

const byDefault: Refused = { cause: "default" };

function rulesAt(run: Running, { cell, call }: Arrival, part: CellPart): readonly number[] {
  return rulesOf(run, cell, part, call);
}

function both(some: readonly number[], more: readonly number[]): readonly number[] {
  if (some.length === 0) return more;
  return more.length === 0 ? some : [...some, ...more];
}

/** Denies that are true and requires that are false; `others` stand beside them. */
function denied(run: Running, arrival: Arrival, part: CellPart, others: readonly number[] = []): Refused | undefined {
  const rules = both(others, rulesAt(run, arrival, part));
  return rules.length === 0 ? undefined : { cause: "rule", rules };
}

/** What is said of the caller, on the route and at the door. */
function deniedCaller(run: Running, arrival: Arrival): Refused | undefined {
  return denied(run, arrival, cellParts.deniesOfPrincipal, deniesOfDoor(run, arrival)) ?? notLetIn(run, arrival);
}

/** Makes the caller known, where the route asks who calls. */
function identified(
  run: Running,
  { call, route }: Arrival,
  request: GatewayRequest,
  world: World,
  progress: Progress,
): Refused | undefined | Promise<Refused | undefined> {
  const { isPublic, accept } = route.data;
  if (isPublic || accept.length === 0) return undefined;
  request.onPhase?.("authenticate");
  const caller = authenticate(accept, run.identities, call, request, world);
  if (caller instanceof Promise) return caller.then((one) => introduced(one, request, call, progress));
  return introduced(caller, request, call, progress);
}

function introduced(
  caller: readonly Authenticated[] | Refused,
  request: GatewayRequest,
  call: Call,
  progress: Progress,
): Refused | undefined {
  request.onPhase?.("decide");
  if (isRefused(caller)) return caller;
  call.principals = caller.map(
    ({ identity, principal: { id, claims }, withheld, policies }): CallPrincipal => ({ identity, id, claims, withheld, policies }),
  );
  const [first, ...others] = caller.map(({ principal }) => principal);
  if (first !== undefined) progress.principal = others.length === 0 ? first : { ...first, and: others };
  return undefined;
}

/** At the limits of the route, where it has any. Waits only where they are counted outside. */
function counted(
  run: Running,
  { call, route }: Arrival,
  request: GatewayRequest,
  world: World,
  progress: Progress,
): Refused | undefined | Promise<Refused | undefined> {
  if (run.traffic === undefined) return undefined;
  const settle = ({ fields, refused }: Admission): Refused | undefined => {
    progress.limitFields = fields;
    return refused;
  };
  const admission = run.traffic(call, route.limits, request, world);
  return admission instanceof Promise ? admission.then(settle) : settle(admission);
}

function isRefused(step: object | undefined): step is Refused {
  return step !== undefined && "cause" in step;
}
