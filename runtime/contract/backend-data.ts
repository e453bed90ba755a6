/** Backends as they stand in the tables, by kind. What depends on the start is in code. */
import type { HeaderField } from "./gateway.ts";

export type BackendData = HttpBackendData | RespondBackendData;

/** Servers that speak HTTP. `timeout` in milliseconds. */
export type HttpBackendData = { readonly kind: "http"; readonly name: string; readonly timeout: number };

/** Answers by itself. */
export type RespondBackendData = { readonly kind: "respond"; readonly name: string; readonly response: ResponseData };
export type ResponseData = { readonly status: number; readonly headers: readonly HeaderField[]; readonly body: string };
