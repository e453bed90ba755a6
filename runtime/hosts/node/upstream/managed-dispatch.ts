/**
 * Which address a call goes to, where the program says more than where its servers are: balance, health, outliers, breaker, connections and queue, retries.
 * Promises that each of them sees every attempt and its end. Where all addresses are unwell or left out, all of them are tried: a check that is wrong
 * must not take a backend away that works.
 */
import type { HttpTraffic } from "../../../contract/http-traffic.ts";
import type { HostEvent } from "../../../observe/observer.ts";
import { chooser } from "./balance.ts";
import { breaker } from "./breaker.ts";
import { type Ask, type AttemptEnd, type Dispatch, type Entered, isElsewhere, type Place } from "./dispatch.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EndpointSource } from "./endpoint-source.ts";
import { watchHealth } from "./health.ts";
import { learn } from "./outliers.ts";
import { retries } from "./retries.ts";
import type { Transport } from "./transport.ts";
import { waitingLine } from "./waiting-line.ts";

export type Managed = {
  readonly name: string;
  readonly traffic: HttpTraffic;
  readonly source: EndpointSource;
  readonly transport: Transport;
  readonly happened: (event: HostEvent) => void;
};

const mostCalls = 10_000;

/** `look`: undefined where calls can go to a server that is well, else why not. */
export type ManagedDispatch = Dispatch & {
  readonly look: () => Promise<string | undefined>;
  /** `done` in two: how it went, and that the place is free, for what is answered long before it ends. */
  readonly learn: (place: Place, end: AttemptEnd) => void;
  readonly leave: (place: Place) => void;
};

export function managedDispatch({ name, traffic, source, transport, happened }: Managed): ManagedDispatch {
  const { health, outliers, retry, connections = Number.POSITIVE_INFINITY, queue } = traffic;
  const now = (): number => performance.now();
  const choose = chooser(traffic.balance);
  const guard = traffic.breaker && breaker(traffic.breaker, (state) => happened({ kind: "breaker", backend: name, state }));
  const tell = ({ target }: Endpoint, isHealthy: boolean): void =>
    happened({ kind: "target", backend: name, target: target.text, isHealthy });
  const second = retry && retries(retry, Math.random);
  const stopHealth = health && watchHealth(health, source, transport, (one) => tell(one, one.isHealthy));
  let known: readonly Endpoint[] = [];
  let calls = 0;

  const free = (ask: Ask): Endpoint | undefined => {
    const one = calls < mostCalls ? choose(preferred(known, ask, connections, now()), ask.key) : undefined;
    if (one === undefined) return undefined;
    calls++;
    one.running++;
    return one;
  };
  const line = queue && waitingLine<Endpoint>(queue.length, queue.time, () => free(nobody));
  const place = async (ask: Ask, permit: number): Promise<Entered> => {
    known = await source.current();
    const one = known.length === 0 ? undefined : (free(ask) ?? (await line?.join()));
    if (one !== undefined) return { endpoint: one, permit };
    guard?.ended(now(), permit, undefined);
    return "backend-unavailable";
  };
  const learnt = ({ endpoint: one, permit }: Place, end: AttemptEnd): void => {
    const isGood = goodness(end);
    guard?.ended(now(), permit, isGood);
    if (outliers !== undefined && isGood !== undefined && learn(outliers, one, known, isGood, now())) tell(one, false);
  };
  const leave = ({ endpoint: one }: Place): void => {
    calls--;
    one.running--;
    line?.serve();
  };
  return {
    learn: learnt,
    leave,
    enter: (ask) => {
      if (ask.tried.length === 0) second?.begun();
      const permit = guard === undefined ? 0 : guard.admit(now());
      return permit === undefined ? "backend-unavailable" : place(ask, permit);
    },
    done: (place, end) => {
      learnt(place, end);
      leave(place);
    },
    again: (ask, end) => second?.again(ask.method, end, ask.tried.length) ?? (isElsewhere(ask, end, known) ? 0 : undefined),
    look: async () => {
      if (guard?.state() === "open") return "its breaker is open";
      const all = await source.current();
      if (all.length === 0) return "none of its names has an address";
      return all.some(({ isHealthy }) => isHealthy) ? undefined : "none of its servers is well";
    },
    close: () => stopHealth?.(),
  };
}

/** Who waits in line takes what is free. */
const nobody: Ask = { key: undefined, method: "", tried: [] };

/** The best that there are: well, with room, and not tried for this call before. */
function preferred(all: readonly Endpoint[], { tried }: Ask, connections: number, now: number): readonly Endpoint[] {
  const isUp = ({ isHealthy, ejectedUntil }: Endpoint): boolean => isHealthy && ejectedUntil <= now;
  const up = all.some(isUp) ? all.filter(isUp) : all;
  const roomy = up.filter(({ running }) => running < connections);
  const others = tried.length === 0 ? roomy : roomy.filter((one) => !tried.includes(one));
  return others.length > 0 ? others : roomy;
}

/** Answers of 500 and above are failures of the server, as no answer is. Undefined: nothing is learnt. */
function goodness(end: AttemptEnd): boolean | undefined {
  switch (end.kind) {
    case "passed":
    case "status":
      return end.status < 500;
    case "broken":
    case "trouble":
      return false;
    case "left":
      return undefined;
    default:
      return end satisfies never;
  }
}
