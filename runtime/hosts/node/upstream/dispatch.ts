/**
 * Which address a call goes to, whether it may, and what is learnt of its end. The plain one is here; what gateways with health checks, breakers
 * and the like need stands in `managed-dispatch.ts`, which others do not carry.
 */
import type { HostFault } from "../host-fault.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EndpointSource } from "./endpoint-source.ts";
import type { Trouble } from "./transport.ts";

export type Dispatch = {
  /** A place for one attempt, or why there is none. Each place is followed by `done`. */
  readonly enter: (ask: Ask) => Entered | Promise<Entered>;
  readonly done: (place: Place, end: AttemptEnd) => void;
  /** Milliseconds to wait before one more attempt; undefined: this was the last. Asked once for an end that another attempt could better. */
  readonly again: (ask: Ask, end: Repeatable) => number | undefined;
  readonly close: () => void;
};

/** `key`: what `hash by` says of the call. `tried`: addresses of earlier attempts. */
export type Ask = { readonly key: string | undefined; readonly method: string; readonly tried: readonly Endpoint[] };
/** `permit`: of the breaker. */
export type Place = { readonly endpoint: Endpoint; readonly permit: number };
export type Entered = Place | HostFault;

/** How an attempt ended. `left`: the client did, or its body was no good: nothing is learnt of the server. */
export type AttemptEnd =
  | { readonly kind: "passed"; readonly status: number }
  | { readonly kind: "broken" }
  | { readonly kind: "left" }
  | Repeatable;
/** Nothing of an answer has gone to the client. */
export type Repeatable =
  | { readonly kind: "trouble"; readonly trouble: Trouble | "timeout" }
  /** An answer that is not passed on, since there will be another attempt. */
  | { readonly kind: "status"; readonly status: number };

const mostCalls = 10_000;

/** Where no connection could be made nothing was sent, so another address is as good, whatever the call. */
const mostAddresses = 3;

/** `all`: addresses that are known. */
export function isElsewhere({ tried }: Ask, end: Repeatable, all: readonly Endpoint[]): boolean {
  return end.kind === "trouble" && end.trouble === "connect" && tried.length < mostAddresses && all.some((one) => !tried.includes(one));
}

/** Calls go round the addresses. */
export function plainDispatch(source: EndpointSource): Dispatch {
  let known: readonly Endpoint[] = [];
  let turn = 0;
  let calls = 0;
  const next = (endpoints: readonly Endpoint[], { tried }: Ask): Entered => {
    known = endpoints;
    let endpoint = calls < mostCalls ? endpoints[turn++ % endpoints.length] : undefined;
    if (endpoint !== undefined && tried.includes(endpoint)) endpoint = endpoints.find((one) => !tried.includes(one));
    if (endpoint === undefined) return "backend-unavailable";
    calls++;
    return { endpoint, permit: 0 };
  };
  const later = async (endpoints: Promise<readonly Endpoint[]>, ask: Ask): Promise<Entered> => next(await endpoints, ask);
  return {
    enter: (ask) => {
      const endpoints = source.current();
      return endpoints instanceof Promise ? later(endpoints, ask) : next(endpoints, ask);
    },
    done: () => {
      calls--;
    },
    again: (ask, end) => (isElsewhere(ask, end, known) ? 0 : undefined),
    close: () => {},
  };
}
