/**
 * HTTP/1.1 to servers, over TCP and TLS, by a client of our own (D211). Promises: a server that speaks TLS proves its name, and connections that were made
 * with other files than those that hold now are not used again.
 */
import type { ConnectionOptions } from "node:tls";
import { Call } from "./http1/call.ts";
import { type Pool, pool } from "./http1/pool.ts";
import { requestHead } from "./http1/request-head.ts";
import type { Transport } from "./transport.ts";

/** Of the connections; verification is never among them. */
export type TlsSettings = Pick<ConnectionOptions, "ca" | "cert" | "key" | "servername">;

export function http1(tls: () => TlsSettings = () => none): Transport {
  let current: { readonly settings: TlsSettings; readonly connections: Pool } | undefined;
  const connections = (): Pool => {
    const settings = tls();
    if (current?.settings === settings) return current.connections;
    current?.connections.close();
    current = { settings, connections: pool({ ...settings, ...always }) };
    return current.connections;
  };
  return {
    open: (endpoint, request, watch) => {
      const { answer, length, fresh } = request;
      const head = requestHead(request, endpoint);
      const isChunked = answer.body === "stream" && length === undefined;
      const call = new Call({ head, isChunked, isOfHead: answer.method === "HEAD" }, watch);
      connections().connection(endpoint, fresh).begin(call);
      return call;
    },
    close: () => current?.connections.close(),
  };
}

const none: TlsSettings = {};
/** Whatever the program says of TLS. */
export const always = { minVersion: "TLSv1.2", rejectUnauthorized: true, ALPNProtocols: ["http/1.1"] } as const;
