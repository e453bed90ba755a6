/**
 * What a host knows of one call when it has ended: the one source of log, metrics and traces. Promises that whoever observes needs nothing
 * else, and that what parts of the host note of a call are words of the program, never a client's.
 */
import type { Outcome } from "../contract/gateway.ts";
import type { Phase } from "../contract/request.ts";

export type CallRecord = {
  /** Milliseconds since 1970 UTC, when the request's head had come. */
  readonly time: number;
  /** Empty where the gateway was not asked. */
  readonly id: string;
  readonly client: string;
  /** As received; empty where no head could be read. */
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  /** Name, value, name, value, ... as received. */
  readonly rawHeaders: readonly string[];
  /** The entry that it came by; absent: the gateway's own door, or none was found. */
  readonly entry?: string;
  /** 0 where the connection ended before an answer. */
  readonly status: number;
  readonly outcome?: Outcome;
  /** What went wrong after the decision, or before one could be made. */
  readonly fault?: string;
  readonly backend?: string;
  /** Milliseconds. `backendTime`: from calling the backend to its last byte; all else is the gateway's, authorizers among it. */
  readonly duration: number;
  readonly backendTime: number;
  /** When phases began, in milliseconds after the call, where the observer wants to know. */
  readonly phases?: PhaseTimes;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The answer was not delivered whole. */
  readonly isCut: boolean;
  readonly notes: CallNotes;
};

export type PhaseTimes = Readonly<Partial<Record<Phase, number>>>;

/** `by`: an end, or why the gateway closed it. `code`: of RFC 6455 section 7.4. `in`: from the client. */
export type WebsocketNote = {
  readonly by: "client" | "backend" | "idle" | "life" | "ping" | "drain";
  readonly code: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
};
/**
 * `hit`: given as it was kept. `stale`: no longer fresh, and given all the same. `revalidated`: asked whether it is still good, and it was. `collapsed`: waited for the
 * answer that another call had asked for. `miss`: the backend was asked. `bypass`: nothing that is kept could have been the answer.
 */
export type CacheResult = "hit" | "stale" | "revalidated" | "collapsed" | "miss" | "bypass";

/** A backend's part of an answer that several give together. */
export type PartNote = {
  readonly name: string;
  readonly backend: string;
  /** What it answered; absent: nothing. */
  readonly status?: number;
  /** Why the answer has nothing of it, or is none. */
  readonly fault?: string;
  /** Milliseconds: after the first call of a part, and from there to what it came to. */
  readonly begun: number;
  readonly time: number;
  /** As of a call. */
  readonly attempts?: number;
};

/** What parts of a host write down on a call as it goes (`exchange.notes`). Names are those of the program. */
export type CallNotes = {
  /** How often a backend was called; absent: as is usual, once where there is a backend. */
  attempts?: number;
  /** Which side of a release the call went to. */
  release?: { readonly name: string; readonly side: string };
  /** Where the backend's answer does not fit, in names of the program, and what is wrong there. */
  misfit?: string;
  /** Of an answer that several backends give together, in the order of the program. */
  parts?: readonly PartNote[];
  /** A copy went to another backend. */
  isMirrored?: true;
  /** The route says that it is deprecated. */
  isDeprecated?: true;
  /** The call went on as WebSocket until it ended. */
  websocket?: WebsocketNote;
  /** What was done with answers that are kept; absent: none are on this route. */
  cache?: CacheResult;
};
