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
import { takeBody, type TakenBody } from "./body-phase.ts";
import { type CellPart, cellParts, rootOf, rulesOf } from "./cell-rules.ts";
import { deprecatedOutcome } from "./deprecated.ts";
import { deniesOfDoor, notLetIn, turnedAway } from "./door.ts";
import { allowedOutcome, noParameters, preflightOutcome, refusedOutcome, type Progress, type Refused } from "./progress.ts";
import { releasedOutcome, type Side } from "./releases.ts";
import type { Running } from "./running.ts";
import type { Admission } from "./traffic.ts";

export function gatewayOf(run: Running): Gateway {
  const { shaping } = run;
  if (shaping === undefined) return { handle: (request, world) => handle(run, request, world) };
  return {
    handle: (request, world) => {
      const outcome = handle(run, request, world);
      return outcome instanceof Promise ? outcome.then((one) => shaping.finished(one, request)) : shaping.finished(outcome, request);
    },
    onFault: shaping.onFault,
  };
}

/** A call that has a route, on its way through the phases. Each of them goes on with the next by itself unless it has to wait. */
type Step = {
  readonly run: Running;
  readonly request: GatewayRequest;
  readonly world: World;
  readonly progress: Progress;
  readonly arrival: Arrival;
};

function handle(run: Running, request: GatewayRequest, world: World): Outcome | Promise<Outcome> {
  const now = world.now();
  if (!Number.isFinite(now)) throw new Error("the clock gives no time: nothing can be judged");
  const progress: Progress = { requestId: world.requestId(), client: request.peer, parameters: noParameters };
  run.names?.begun(progress, world);
  const arrival = arrive(run, request, now, run.loneNow(world), progress);
  if (isRefused(arrival)) return refusedOutcome(run, progress, arrival);
  if ("granted" in arrival) return preflightOutcome(progress, arrival);
  const stranger = turnedAway(run, arrival) ?? denied(run, arrival, cellParts.deniesOfRequest);
  if (stranger !== undefined) return refusedOutcome(run, progress, stranger);
  const step: Step = { run, request, world, progress, arrival };
  const asked = identified(step);
  return asked instanceof Promise ? asked.then((unknown) => known(step, unknown)) : known(step, asked);
}

/** The caller is known, or nobody was asked for, or `unknown` says why not. */
function known(step: Step, unknown: Refused | undefined): Outcome | Promise<Outcome> {
  const { run, progress, arrival } = step;
  const unwanted = unknown ?? deniedCaller(run, arrival);
  if (unwanted !== undefined) return refusedOutcome(run, progress, unwanted);
  const early = both(rulesAt(run, arrival, cellParts.allowsOfRequest), rulesAt(run, arrival, cellParts.allowsOfPrincipal));
  if (early.length === 0 && rootOf(run, arrival.cell, cellParts.allowsOfBody) === 0) return refusedOutcome(run, progress, byDefault);
  const counting = counted(step);
  return counting instanceof Promise ? counting.then((surplus) => admitted(step, early, surplus)) : admitted(step, early, counting);
}

/** `early`: the allows that did not wait for a body. */
function admitted(step: Step, early: readonly number[], surplus: Refused | undefined): Outcome | Promise<Outcome> {
  const { run, request, world, progress, arrival } = step;
  if (surplus !== undefined) return refusedOutcome(run, progress, surplus);
  request.onPhase?.("body");
  const taken = takeBody(arrival, request, world);
  return taken instanceof Promise ? taken.then((body) => judged(step, early, body)) : judged(step, early, taken);
}

function judged({ run, request, world, progress, arrival }: Step, early: readonly number[], body: TakenBody): Outcome {
  if (isRefused(body)) return refusedOutcome(run, progress, body);
  const late = denied(run, arrival, cellParts.deniesOfBody);
  if (late !== undefined) return refusedOutcome(run, progress, late);
  const allows = both(early, rulesAt(run, arrival, cellParts.allowsOfBody));
  if (allows.length === 0) return refusedOutcome(run, progress, byDefault);
  request.onPhase?.("answer");
  const side = sideOf(run, arrival, world);
  const given = answer(side === undefined ? arrival : sentTo(run, arrival, side), request, progress.requestId, body, run.caching);
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
function identified(step: Step): Refused | undefined | Promise<Refused | undefined> {
  const { run, request, world, arrival } = step;
  const { isPublic, accept } = arrival.route.data;
  if (isPublic || accept.length === 0) return undefined;
  request.onPhase?.("authenticate");
  const caller = authenticate(accept, run.identities, arrival.call, request, world);
  return caller instanceof Promise ? caller.then((one) => introduced(step, one)) : introduced(step, caller);
}

function introduced({ request, arrival, progress }: Step, caller: readonly Authenticated[] | Refused): Refused | undefined {
  request.onPhase?.("decide");
  if (isRefused(caller)) return caller;
  arrival.call.principals = caller;
  const [first] = caller;
  if (first !== undefined)
    progress.principal =
      caller.length === 1 ? first.principal : { ...first.principal, and: caller.slice(1).map(({ principal }) => principal) };
  return undefined;
}

/** At the limits of the route, where it has any. Waits only where they are counted outside. */
function counted({ run, request, world, progress, arrival }: Step): Refused | undefined | Promise<Refused | undefined> {
  if (run.traffic === undefined) return undefined;
  const admission = run.traffic(arrival.call, arrival.route.limits, request, world);
  return admission instanceof Promise ? admission.then((one) => settled(progress, one)) : settled(progress, admission);
}

function settled(progress: Progress, { fields, refused }: Admission): Refused | undefined {
  progress.limitFields = fields;
  return refused;
}

function isRefused(step: object | undefined): step is Refused {
  return step !== undefined && "cause" in step;
}
