/** What the kinds of backends have in common: bound at the start, each answers the calls that are let through. */
import type { Answer } from "../../runtime/contract/gateway.ts";
import type { HostBackend } from "../../runtime/contract/host-backend.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Expr } from "../model/expression.ts";
import type { Identity } from "../model/program.ts";
import type { Forwarding } from "./forward.ts";

export type BoundBackend = {
  readonly name: string;
  /** What the host must know; absent where it is not asked. */
  readonly host?: HostBackend;
  /** Undefined: the request cannot be handed over as it is, and is refused. */
  readonly answer: (forwarding: Forwarding) => Answer | undefined;
};

export type BackendBinder = {
  /** Of an expression that reads no request; empty where it has no text. */
  readonly text: (expr: Expr) => string;
  readonly report: (problem: string) => void;
  /** The environment, declared or not. */
  readonly variables: Configuration["variables"];
  /** Of the API. */
  readonly api: string;
  readonly identities: readonly Identity[];
};
