/** What answers the calls that are let through. A kind has one file in each room: its construct, its meaning, its emission, its run time, its host. */
import type { Span } from "../../grammar/source/span.ts";
import type { HttpTraffic } from "../../runtime/contract/http-traffic.ts";
import type { Expr } from "./expression.ts";

export type Backend = HttpBackend | RespondBackend;
export type BackendKind = Backend["kind"];

/** What all kinds have. */
type BackendBase = { readonly name: string; readonly span: Span };

/** Servers that speak HTTP. */
export type HttpBackend = BackendBase & {
  readonly kind: "http";
  /** `http://host[:port][/base]`, or with `https`; of a service the one URL with its name. */
  readonly targets: readonly Expr[];
  readonly traffic: HttpTraffic;
  /** `ADDRESS[:PORT]`; absent: those of the system. */
  readonly nameServers?: readonly Expr[];
  /** Paths, and the name that servers prove. */
  readonly tls?: { readonly ca?: Expr; readonly serverName?: Expr; readonly certificate?: Expr; readonly key?: Expr };
};

/** Answers by itself. */
export type RespondBackend = BackendBase & { readonly kind: "respond"; readonly response: StaticResponse };

export type StaticResponse = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** UTF-8 text; `content-type` is among the headers unless the body is empty. */
  readonly body: string;
};
