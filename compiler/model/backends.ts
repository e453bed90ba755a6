/** What answers the calls that are let through. A kind has one file in each room: its construct, its meaning, its emission, its run time, its host. */
import type { Span } from "../../grammar/source/span.ts";
import type { HttpTraffic } from "../../runtime/contract/http-traffic.ts";
import type { WebsocketRules } from "../../runtime/contract/websocket.ts";
import type { Expr } from "./expression.ts";

export type Backend = HttpBackend | LambdaBackend | RespondBackend | WebsocketBackend;
export type BackendKind = Backend["kind"];

/** What all kinds have. */
type BackendBase = { readonly name: string; readonly span: Span };

/** Servers that speak HTTP, whatever is asked of them. */
export type Servers = {
  /** `http://host[:port][/base]`, or with `https`; of a service the one URL with its name. */
  readonly targets: readonly Expr[];
  readonly traffic: HttpTraffic;
  /** What calls are shared out by, where the balance is `hash`: an optional String. */
  readonly key?: Expr;
  /** Set on each request, names lower-case and sorted; the route's own win. */
  readonly headers?: readonly { readonly name: string; readonly value: Expr }[];
  /** Canonical beginnings of paths, whole segments, and what stands in their place; the longest that fits counts. No slash at the end but for `/`. */
  readonly rewrites?: readonly (readonly [from: string, to: string])[];
  /** Whether servers are told of the certificate that the caller showed (RFC 9440). */
  readonly forwardsCertificate?: true;
  /** `ADDRESS[:PORT]`; absent: those of the system. */
  readonly nameServers?: readonly Expr[];
  /** Paths, and the name that servers prove. */
  readonly tls?: { readonly ca?: Expr; readonly serverName?: Expr; readonly certificate?: Expr; readonly key?: Expr };
};

/** Servers that answer each call. */
export type HttpBackend = BackendBase &
  Servers & {
    readonly kind: "http";
    /** Targets of copies, where there are any. */
    readonly mirrors?: readonly Expr[];
  };

/** Servers with which a client goes on as WebSocket (RFC 6455). */
export type WebsocketBackend = BackendBase &
  Servers & {
    readonly kind: "websocket";
    readonly rules: WebsocketRules;
    /** Pages of any origin may connect. Absent: those that `cors` of the route names. */
    readonly anyOrigin?: true;
  };

/** What calls are shared out by, where a backend has servers and says so. */
export function keyOfBackend(backend: Backend | undefined): Expr | undefined {
  return backend !== undefined && "targets" in backend ? backend.key : undefined;
}

/** A Lambda function, invoked with the event that AWS API Gateway gives (D230). */
export type LambdaBackend = BackendBase & {
  readonly kind: "lambda";
  /** Its name or ARN. */
  readonly function: Expr;
  /** Of the event and of its answer. */
  readonly payload: LambdaPayload;
  /** Its answer is passed on while it comes. */
  readonly stream: boolean;
  /** Until the whole answer, or, where it is streamed, its first byte and each next one; milliseconds. */
  readonly timeout: number;
  /** Absent: of the function's ARN, else of the environment. */
  readonly region?: Expr;
  /** Of the Invoke API. Absent: the region's. */
  readonly endpoint?: Expr;
};
export type LambdaPayload = "1.0" | "2.0";

/** Answers by itself. */
export type RespondBackend = BackendBase & { readonly kind: "respond"; readonly response: StaticResponse };

export type StaticResponse = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** UTF-8 text; `content-type` is among the headers unless the body is empty. */
  readonly body: string;
};
