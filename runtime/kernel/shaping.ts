/** What a handler brings whose program says more of its answers than routes and rules do. Others do not carry that code. */
import type { Cause, HeaderField, OnFault, Outcome } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { RouteData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";

/** `late`: what the start brings, by table. */
export type StartShaping = (bound: Bound, late: LateShaping, problems: string[]) => Shaping;
export type LateShaping = {
  /** The origins of each level that has `cors`. */
  readonly cors: readonly unknown[];
};

export type Shaping = {
  /** Undefined: it is no preflight, or none that the gateway answers. */
  readonly preflight: (question: Question) => Preflight | undefined;
  /** Whether `cors` of a route names the origin; one that names all names none. */
  readonly names: (route: RouteData, origin: string) => boolean;
  /** The outcome with all that every answer must have. */
  readonly finished: (outcome: Outcome, request: GatewayRequest) => Outcome;
  readonly onFault: OnFault;
};

/** An OPTIONS request. */
export type Question = {
  readonly headers: readonly HeaderField[];
  readonly cameByEntry: boolean;
  /** The route that takes a method at the path. */
  readonly find: (method: string) => FoundRoute | undefined;
};
export type FoundRoute = { readonly route: RouteData; readonly shown: Readonly<Record<string, string | number>> };

/** `result`: the fields that grant what a browser asked for, or why it is refused. */
export type Preflight = { readonly found: FoundRoute; readonly result: readonly HeaderField[] | Cause };
