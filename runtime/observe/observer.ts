/**
 * Where parts of a host tell what happens. Promises: a closed union, so that an observer which forgets a kind does not compile; names in events
 * are those of the program, so that nothing a client sends makes a new series. What belongs to one call is no event: it is noted on the call.
 */
import type { CallRecord, WebsocketNote } from "./call-record.ts";

export type HostEvent =
  /** `door`: the entry; empty for the gateway's own. */
  | { readonly kind: "connection-opened" | "connection-closed"; readonly door: string }
  /** A connection that ended before any request; `fault` says at what. `time` in milliseconds since 1970. */
  | { readonly kind: "connection-refused"; readonly door: string; readonly fault: string; readonly client: string; readonly time: number }
  | { readonly kind: "breaker"; readonly backend: string; readonly state: "closed" | "half-open" | "open" }
  /** What health checks, or failing calls, say of one target; `target` as the program or environment writes it. */
  | { readonly kind: "target"; readonly backend: string; readonly target: string; readonly isHealthy: boolean }
  /** A list of networks was read, or should have been. `readAt`: milliseconds since 1970; absent: never since the start. */
  | { readonly kind: "list"; readonly network: string; readonly entries: number; readonly readAt?: number; readonly hasFailed: boolean }
  | { readonly kind: "websocket-opened"; readonly backend: string }
  /** What went through since it was told of last; `In`: from the client. */
  | {
      readonly kind: "websocket-moved";
      readonly backend: string;
      readonly messagesIn: number;
      readonly messagesOut: number;
      readonly bytesIn: number;
      readonly bytesOut: number;
    }
  | { readonly kind: "websocket-closed"; readonly backend: string; readonly by: WebsocketNote["by"]; readonly code: number }
  /** What is kept of a route in the process has changed: how much it is now, and how many answers went since the last time, for want of room or after a change. */
  | ({ readonly kind: "cache"; readonly route: string } & Readonly<Record<"bytes" | "answers" | "evicted" | "dropped", number>>)
  /** A release stopped by itself. */
  | { readonly kind: "release-stopped"; readonly release: string };

export type Observer = {
  /** A call begins; `ended` follows for each. */
  readonly begun: () => void;
  /** Once a call, when it has ended, also where no request could be made of what came. */
  readonly ended: (record: CallRecord) => void;
  readonly happened: (event: HostEvent) => void;
  /** Whether records should say when phases began. */
  readonly wantsPhases: boolean;
};

const nothing = (): void => {};
export const nobody: Observer = { begun: nothing, ended: nothing, happened: nothing, wantsPhases: false };

/** All of them, in their order. */
export function together(observers: readonly Observer[]): Observer {
  const [first = nobody, ...others] = observers;
  if (others.length === 0) return first;
  return {
    begun: () => {
      for (const one of observers) one.begun();
    },
    ended: (record) => {
      for (const one of observers) one.ended(record);
    },
    happened: (event) => {
      for (const one of observers) one.happened(event);
    },
    wantsPhases: observers.some(({ wantsPhases }) => wantsPhases),
  };
}
