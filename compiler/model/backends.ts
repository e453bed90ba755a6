/** What answers the calls that are let through. A kind has one file in each room: its construct, its meaning, its emission, its run time, its host. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";

export type Backend = HttpBackend | RespondBackend;
export type BackendKind = Backend["kind"];

/** What all kinds have. */
type BackendBase = { readonly name: string; readonly span: Span };

/** Servers that speak HTTP. */
export type HttpBackend = BackendBase & {
  readonly kind: "http";
  /** `http://host[:port][/base]`; calls go round. */
  readonly targets: readonly Expr[];
  /** Until the first byte of the answer, and between any two of its bytes; milliseconds. */
  readonly timeout: number;
};

/** Answers by itself. */
export type RespondBackend = BackendBase & { readonly kind: "respond"; readonly response: StaticResponse };

export type StaticResponse = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** UTF-8 text; `content-type` is among the headers unless the body is empty. */
  readonly body: string;
};
