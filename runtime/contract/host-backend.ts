/** What a host must know to carry calls to backends out, by kind. Times in milliseconds. Backends that answer by themselves are not among them. */
import type { HttpTraffic } from "./http-traffic.ts";
import type { WebsocketRules } from "./websocket.ts";

export type HostBackend = HttpHostBackend | LambdaHostBackend | WebsocketHostBackend;
export type HostBackendKind = HostBackend["kind"];

/** `targets`: `http://HOST[:PORT][/BASE]` or with `https`, checked; of a service the one URL that has its name. */
export type HttpHostBackend = {
  readonly kind: "http";
  readonly name: string;
  readonly targets: readonly string[];
  readonly traffic: HttpTraffic;
  /** Name servers, `ADDRESS[:PORT]`; absent: the system's. */
  readonly nameServers?: readonly string[];
  readonly tls?: BackendTls;
  /** Targets of copies. */
  readonly mirrors?: readonly string[];
};

/** Timeouts are those of the handshake. */
export type WebsocketHostBackend = Omit<HttpHostBackend, "kind" | "mirrors"> & {
  readonly kind: "websocket";
  readonly rules: WebsocketRules;
};

/** Paths of PEM files. `serverName`: what servers are asked for and must prove, where it is not the name of the target. */
export type BackendTls = { readonly ca?: string; readonly certificate?: string; readonly key?: string; readonly serverName?: string };

/** A function to invoke through the Invoke API at `SCHEME://AUTHORITY`. `called`: its name or ARN as it stands in a path. */
export type LambdaHostBackend = {
  readonly kind: "lambda";
  readonly name: string;
  readonly region: string;
  readonly scheme: string;
  readonly authority: string;
  readonly called: string;
  readonly payload: "1.0" | "2.0";
  readonly stream: boolean;
  readonly timeout: number;
};
