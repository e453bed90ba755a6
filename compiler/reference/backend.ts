/** What the kinds of backends have in common: bound at the start, each answers the calls that are let through. */
import type { Answer } from "../../runtime/contract/gateway.ts";
import type { HostBackend } from "../../runtime/contract/host-backend.ts";
import type { Expr } from "../model/expression.ts";
import type { Forwarding } from "./forward.ts";

export type BoundBackend = {
  readonly name: string;
  /** What the host must know; absent where it is not asked. */
  readonly host?: HostBackend;
  readonly answer: (forwarding: Forwarding) => Answer;
};

export type BackendBinder = {
  /** Of an expression that reads no request; empty where it has no text. */
  readonly text: (expr: Expr) => string;
  readonly report: (problem: string) => void;
};
