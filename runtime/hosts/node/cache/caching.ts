/**
 * Answers that are kept (RFC 9111), given to whom the gateway has let in: it is asked only for calls that access rules and limits have passed.
 * Promises: an answer goes to nobody but those whose plans have its key; of many calls for one that is missing, one asks the backend.
 */
import { type CacheDone, cacheStatus, type Forwarded } from "../../../cache/cache-status.ts";
import { type BackendAnswer, requestedFields } from "../../../cache/backend-question.ts";
import { ageOf, mayStandIn, type StoredAnswer, useOf } from "../../../cache/stored-answer.ts";
import { partialConditions } from "../../../cache/validation.ts";
import { variantText, varyNames } from "../../../cache/variants.ts";
import type { CachePlan } from "../../../contract/cache.ts";
import type { CacheResult } from "../../../observe/call-record.ts";
import { hashing } from "../hashing.ts";
import type { Exchange, HostCache, HostedBackend } from "../host.ts";
import { answerWithFault } from "../local-answer.ts";
import { carryChange } from "./change.ts";
import { detachedExchange } from "../detached-exchange.ts";
import { type Flight, type FlightEnd, flights, within } from "./flights.ts";
import { give } from "./give.ts";
import type { Found, KeptAnswers } from "./kept-answers.ts";
import { led } from "./led-call.ts";
import { memoryAnswers } from "./memory-answers.ts";
import { noOthers, type OtherWorkers, otherWorkers } from "./other-workers.ts";

/** Milliseconds that a call waits for the answer to another one; then it asks the backend itself. */
const longestWait = 5_000;
/** How often the call that was waited for may come to nothing. */
const mostTurns = 4;

/** `stores`: by name, where answers are kept that several gateways share. `hasOthers`: other workers of the host keep answers too. */
export function caching(mostBytes: number, stores: ReadonlyMap<string, KeptAnswers> = new Map(), hasOthers = false): HostCache {
  const memory = memoryAnswers(mostBytes);
  const others = hasOthers ? otherWorkers() : noOthers;
  others.onChange(({ places, keys }) => {
    places.forEach(memory.drop);
    keys.forEach(memory.forget);
  });
  const everywhere = [memory, ...stores.values()];
  const running = flights();
  const answersOf = (plan: CachePlan): KeptAnswers => (plan.store === undefined ? memory : (stores.get(plan.store) ?? memory));
  return {
    carry: (exchange, answer, backend) => {
      const { cache: plan, changes } = answer;
      const tell = (): void => {
        for (const changed of memory.changed()) exchange.host.observer.happened({ kind: "cache", ...changed });
      };
      if (changes !== undefined) return carryChange(exchange, answer, digest(changes), { backend, everywhere, others }).finally(tell);
      if (plan === undefined) return backend.carry(exchange, answer);
      const requested = requestedFields(answer);
      const variant = (names: readonly string[]): string => variantText(names, requested);
      const call = { exchange, answer, plan, backend, place: digest(plan.place), key: digest(plan.key), variant };
      if (answer.body !== "none" || requested.some(([name]) => partialConditions.has(name))) return passOn(call, "bypass", "bypass");
      return carryKept({ ...call, answers: answersOf(plan), running, tell, others });
    },
  };
}

type KeptCall = {
  readonly exchange: Exchange;
  readonly answer: BackendAnswer;
  readonly plan: CachePlan;
  readonly backend: HostedBackend;
  readonly place: string;
  readonly key: string;
  readonly variant: (names: readonly string[]) => string;
  readonly answers: KeptAnswers;
  readonly running: ReturnType<typeof flights>;
  readonly others: OtherWorkers;
  /** To be called when something was kept. */
  readonly tell: () => void;
};

function digest(text: string): string {
  return Buffer.from(hashing.digest("sha256", text)).toString("base64url");
}

async function carryKept(call: KeptCall): Promise<void> {
  const { exchange, answer, plan, answers, running } = call;
  const until = performance.now() + longestWait;
  for (let turn = 1; ; turn++) {
    const asked = answers.find(call);
    const found = asked instanceof Promise ? await asked : asked;
    const usable = plan.refreshes ? undefined : given(call, found);
    if (usable !== undefined) return usable;
    if (answer.method === "HEAD") return passOn(call, "method", "miss");
    const flightKey = `${call.key} ${call.variant(found.names ?? [])}`;
    if (plan.refreshes || running.isInVain(flightKey)) return lead(call, found, undefined);
    const before = running.under(flightKey);
    if (before === undefined) return lead(call, found, running.begin(flightKey));
    const left = until - performance.now();
    const how = turn < mostTurns && left > 0 ? await within(before, left) : undefined;
    if (exchange.response.destroyed) return undefined;
    if (how?.kind === "kept" && call.variant(how.names) === how.variant && useOf(how.stored, exchange.host.world.now()) === "fresh")
      return givenAs(call, how.stored, "collapsed", { kind: "forwarded", why: whyAsked(found), isCollapsed: true });
    if (how?.kind === "failed" && found.stored !== undefined && mayStandIn(found.stored, exchange.host.world.now()))
      return givenAs(call, found.stored, "stale", hit(found.stored, exchange));
    if (how === undefined || how.kind === "alone" || how.kind === "failed") return lead(call, found, undefined);
  }
}

/** What is kept, where it may be given without asking; undefined where it may not. */
function given(call: KeptCall, found: Found): Promise<void> | undefined {
  const { stored } = found;
  if (stored === undefined) return undefined;
  const { exchange } = call;
  switch (useOf(stored, exchange.host.world.now())) {
    case "fresh":
      return givenAs(call, stored, "hit", hit(stored, exchange));
    case "while-revalidate":
      askInBackground(call, found);
      return givenAs(call, stored, "stale", hit(stored, exchange));
    case "stale":
      return undefined;
  }
}

function hit(stored: StoredAnswer, { host }: Exchange): CacheDone {
  return { kind: "hit", left: stored.lifetime - ageOf(stored, host.world.now()) };
}

function givenAs(
  { exchange, answer, plan }: KeptCall,
  stored: StoredAnswer,
  result: CacheResult,
  done: CacheDone,
  tellsAge = true,
): Promise<void> {
  exchange.notes.cache = result;
  return give(exchange, told(answer, plan, done), stored, tellsAge);
}

function told(answer: BackendAnswer, { tells }: CachePlan, done: CacheDone): BackendAnswer {
  return tells ? { ...answer, addedHeaders: [...(answer.addedHeaders ?? []), ["cache-status", cacheStatus(done)]] } : answer;
}

/** As it came, and nothing of it is kept. */
function passOn(
  { exchange, answer, plan, backend }: Pick<KeptCall, "exchange" | "answer" | "plan" | "backend">,
  why: Forwarded,
  result: CacheResult,
): Promise<void> {
  exchange.notes.cache = result;
  return backend.carry(exchange, told(answer, plan, { kind: "forwarded", why }));
}

function whyAsked({ stored, names }: Found): Forwarded {
  if (stored !== undefined) return "stale";
  return names === undefined ? "uri-miss" : "vary-miss";
}

/** Asks the backend. `flight`: others wait for it. */
async function lead(call: KeptCall, found: Found, flight: Flight | undefined): Promise<void> {
  const { exchange, plan } = call;
  const why = plan.refreshes ? "request" : whyAsked(found);
  exchange.notes.cache = plan.refreshes ? "bypass" : "miss";
  try {
    const result = await asked(call, found, why, () => flight?.end({ kind: "alone" }));
    switch (result.kind) {
      case "kept": {
        const { stored, status, keeps, tellsAge } = result;
        const how = keeps ? keep(call, found, stored) : ({ kind: "alone" } as const);
        flight?.end(how);
        // What the others keep is what somebody who may ask for a new one does not want.
        if (plan.refreshes && how.kind === "kept" && plan.store === undefined) await call.others.tell("keys", call.key);
        const isValid = status === 304;
        const done = { kind: "forwarded", why, ...(isValid ? { status } : {}), isStored: keeps } as const;
        return await givenAs(call, stored, isValid ? "revalidated" : plan.refreshes ? "bypass" : "miss", done, tellsAge);
      }
      case "failed":
        flight?.end({ kind: "failed" });
        if (found.stored !== undefined) return await givenAs(call, found.stored, "stale", hit(found.stored, exchange));
        break;
      case "fault":
        flight?.end({ kind: "failed" });
        return await answerWithFault(exchange, result.fault);
      case "passed":
      case "other":
        break;
    }
  } finally {
    flight?.end({ kind: "left" });
  }
}

/** A backend that says that something else is unchanged than what it was asked about is asked once more, about nothing. */
async function asked(call: KeptCall, found: Found, why: Forwarded, onAlone: () => void, isDetached = false): ReturnType<typeof led> {
  const { exchange, answer, plan, backend } = call;
  const question = { exchange, answer: told(answer, plan, { kind: "forwarded", why }), plan, backend, onAlone, isDetached };
  const first = await led({ ...question, stale: found.stored });
  return first.kind === "other" ? led({ ...question, stale: undefined }) : first;
}

/** What others get who wait for it. */
function keep({ exchange, answers, place, key, variant, plan, tell }: KeptCall, { since }: Found, stored: StoredAnswer): FlightEnd {
  const names = varyNames(stored.fields);
  if (names === "any") return { kind: "alone" };
  const useful = stored.lifetime + Math.max(stored.whileRevalidate, stored.ifError, plan.time);
  const text = variant(names);
  const { route = "" } = exchange.outcome?.decision ?? {};
  answers.keep({ place, key, route, names, variant: text, stored, since, useful });
  tell();
  return { kind: "kept", stored, names, variant: text };
}

/** The client has its answer; one call asks for what comes after it. */
function askInBackground(call: KeptCall, found: Found): void {
  const flightKey = `${call.key} ${call.variant(found.names ?? [])}`;
  if (call.running.under(flightKey) !== undefined) return;
  const flight = call.running.begin(flightKey);
  const exchange = detachedExchange(call.exchange);
  const inBackground = { ...call, exchange };
  asked(inBackground, found, "stale", () => flight.end({ kind: "alone" }), true)
    .then((result) => flight.end(result.kind === "kept" && result.keeps ? keep(inBackground, found, result.stored) : { kind: "failed" }))
    .catch((error: unknown) => {
      flight.end({ kind: "failed" });
      call.exchange.host.fault(call.exchange.outcome?.requestId ?? "", error);
    })
    .finally(() => exchange.request.cut());
}
