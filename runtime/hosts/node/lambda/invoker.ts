/** Calls to the Invoke API over connections that are kept. Promises: one call for each request, with a deadline until its first byte and between any two. */
import { Agent as PlainAgent, type IncomingMessage, request as requestPlain } from "node:http";
import { Agent as SecureAgent, request as requestSecure } from "node:https";
import type { LambdaHostBackend } from "../../../contract/host-backend.ts";
import type { HostFault } from "../host-fault.ts";

export type Invoker = {
  /** Of the Invoke API, as it is signed. */
  readonly path: string;
  /** The head of the answer with its body to come, or why there is none. */
  readonly invoke: (
    headers: readonly (readonly [string, string])[],
    event: Uint8Array,
    gone: AbortSignal,
  ) => Promise<IncomingMessage | HostFault>;
  readonly close: () => void;
};

/** Shorter than the time after which AWS closes an idle connection: an invocation is never sent twice, so none may meet a closing one. */
const idleTime = 4_000;

export function invoker({ scheme, authority, called, stream, timeout }: LambdaHostBackend): Invoker {
  const isSecure = scheme === "https";
  const options = { keepAlive: true, maxFreeSockets: 256, scheduling: "lifo", timeout: idleTime } as const;
  const agent = isSecure ? new SecureAgent(options) : new PlainAgent(options);
  const send = isSecure ? requestSecure : requestPlain;
  const path = stream ? `/2021-11-15/functions/${called}/response-streaming-invocations` : `/2015-03-31/functions/${called}/invocations`;
  const url = new URL(`${scheme}://${authority}${path}`);
  return {
    path,
    close: () => agent.destroy(),
    invoke: (headers, event, gone) =>
      new Promise((resolve) => {
        const fields = ["host", authority, ...headers.flat(), "content-length", String(event.length), "accept-encoding", "identity"];
        const call = send(url, { method: "POST", agent, signal: gone, headers: fields, timeout });
        call.on("timeout", () => {
          resolve("backend-timeout");
          call.destroy();
        });
        call.on("response", resolve);
        call.on("error", () => resolve("bad-gateway"));
        call.on("close", () => resolve("bad-gateway"));
        call.end(event);
      }),
  };
}
