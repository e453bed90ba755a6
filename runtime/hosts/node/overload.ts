/**
 * Refuses calls while a process has more than it can do, so that those that it takes are answered in time. Promises: what is refused costs next to nothing;
 * fewer are let in step by step while the event loop is late, more again as it recovers; and the number of calls under way, and memory, have an end.
 */
import { getHeapStatistics } from "node:v8";

export type OverloadLimits = {
  /** Milliseconds that the event loop may be late, smoothed, while it has no rest. */
  readonly delay: number;
  /** Calls under way. */
  readonly calls: number;
  /** Connections of one address (IPv6: of one /64); absent: as many as come. */
  readonly connections?: number;
};
export type Shed = { readonly reason: "delay" | "calls" | "memory"; readonly calls: number };
export type Overload = {
  /** Whether one more call may come in. Each that may is followed by `leave`. */
  readonly enter: () => boolean;
  readonly leave: () => void;
  /** The same for connections of a client. */
  readonly connect: (client: string) => boolean;
  readonly disconnect: (client: string) => void;
  readonly close: () => void;
};
/** How the process is, as this file sees it; tests bring their own. `load`: of a core, since it was asked last. `memory`: 0 to 1. */
export type Vitals = { readonly now: () => number; readonly load: () => number; readonly memory: () => number };

/** Milliseconds between two looks at the event loop, at memory, and between two lines of the log. */
const tick = 10;
const betweenLooks = 250;
const betweenLines = 1_000;
const noRest = 0.9;
const fullMemory = 0.92;
/** Of what is let in: the least, what a late tick leaves of it, and what a good one adds. */
const least = 0.05;
const shrink = 0.9;
const grow = 0.02;
const weight = 0.2;

/** `tell` is told what was refused, once a second at most. */
export function overload(limits: OverloadLimits, tell: (shed: Shed) => void, vitals: Vitals = ofThisProcess()): Overload {
  const health = healthOf(limits, vitals);
  const clients = new Map<string, number>();
  let underWay = 0;
  let credit = 0;
  let shed = 0;
  let told = -Infinity;
  const refuse = (reason: Shed["reason"]): false => {
    shed++;
    if (vitals.now() - told < betweenLines) return false;
    tell({ reason, calls: shed });
    told = vitals.now();
    shed = 0;
    return false;
  };
  return {
    enter: () => {
      if (underWay >= limits.calls) return refuse("calls");
      if (health.isFull()) return refuse("memory");
      credit += health.share();
      if (credit < 1) return refuse("delay");
      credit = Math.min(credit - 1, 1);
      underWay++;
      return true;
    },
    leave: () => {
      underWay--;
    },
    connect: (client) => {
      const count = (clients.get(client) ?? 0) + 1;
      if (limits.connections !== undefined && count > limits.connections) return false;
      clients.set(client, count);
      return true;
    },
    disconnect: (client) => {
      const count = (clients.get(client) ?? 1) - 1;
      if (count <= 0) clients.delete(client);
      else clients.set(client, count);
    },
    close: health.close,
  };
}

type Health = { readonly share: () => number; readonly isFull: () => boolean; readonly close: () => void };

function healthOf({ delay }: OverloadLimits, { now, load, memory }: Vitals): Health {
  let [share, late, last, looked, isFull, isBusy] = [1, 0, now(), now(), false, false];
  const look = (): void => {
    const at = now();
    late += weight * (Math.max(0, at - last - tick) - late);
    last = at;
    if (at - looked >= betweenLooks) {
      looked = at;
      isBusy = load() >= noRest;
      isFull = memory() >= fullMemory;
    }
    share = late > delay && isBusy ? Math.max(least, share * shrink) : Math.min(1, share + grow);
  };
  const timer = setInterval(look, tick).unref();
  return { share: () => share, isFull: () => isFull, close: () => clearInterval(timer) };
}

function ofThisProcess(): Vitals {
  let [used, at] = [process.cpuUsage(), performance.now()];
  const most = process.constrainedMemory();
  return {
    now: () => performance.now(),
    load: () => {
      // Not the event loop's utilisation: that is high as well where other processes have the cores.
      const { user, system } = process.cpuUsage(used);
      const load = (user + system) / 1000 / (performance.now() - at);
      [used, at] = [process.cpuUsage(), performance.now()];
      return load;
    },
    memory: () => {
      const { used_heap_size: held, heap_size_limit: limit } = getHeapStatistics();
      return Math.max(held / limit, most > 0 ? process.memoryUsage.rss() / most : 0);
    },
  };
}
