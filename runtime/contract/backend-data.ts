/** Backends as they stand in the tables, by kind. What depends on the start is in code. */
import type { HeaderField } from "./gateway.ts";
import type { HttpTraffic } from "./http-traffic.ts";
import type { WebsocketRules } from "./websocket.ts";

export type BackendData = HttpBackendData | LambdaBackendData | RespondBackendData | WebsocketBackendData;

/** Servers that speak HTTP. */
export type HttpBackendData = {
  readonly kind: "http";
  readonly name: string;
  readonly traffic: HttpTraffic;
  /** Names of the header fields that are set; the values are late. */
  readonly headers?: readonly string[];
  readonly rewrites?: readonly (readonly [from: string, to: string])[];
  readonly forwardsCertificate?: true;
};

/** Servers that speak HTTP, with which a client may go on as WebSocket. `anyOrigin`: from any page. */
export type WebsocketBackendData = Omit<HttpBackendData, "kind"> & {
  readonly kind: "websocket";
  readonly rules: WebsocketRules;
  readonly anyOrigin?: true;
};

/** A Lambda function. `timeout` in milliseconds. */
export type LambdaBackendData = {
  readonly kind: "lambda";
  readonly name: string;
  readonly payload: "1.0" | "2.0";
  readonly stream: boolean;
  readonly timeout: number;
};

/** Answers by itself. */
export type RespondBackendData = { readonly kind: "respond"; readonly name: string; readonly response: ResponseData };
export type ResponseData = { readonly status: number; readonly headers: readonly HeaderField[]; readonly body: string };
