/** A call to a backend, written from the plan: nothing of the client's framing is repeated, all of it is made anew. */
import { type Agent, type ClientRequest, request } from "node:http";
import type { Answer } from "../../contract/gateway.ts";
import type { Endpoint } from "./upstream/endpoint.ts";

export type ForwardAnswer = Extract<Answer, { kind: "forward" }>;

/** Methods of which a server expects a length even where there is no body (RFC 9110 section 8.6). */
const withLength: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
const largestHead = 64 * 1024;

export type Connecting = {
  readonly agent: Agent | false /** Of a streamed body, where the client declared one. */;
  readonly length: number | undefined;
};

/** `agent` false: a connection for this call alone. A server that speaks TLS must prove the name of its target. */
export function upstreamRequest(answer: ForwardAnswer, { target, address, port }: Endpoint, { agent, length }: Connecting): ClientRequest {
  const headers = ["host", target.authority];
  for (const [name, value] of answer.headers) headers.push(name, value);
  addFraming(headers, answer, length);
  return request({
    agent,
    protocol: target.isTls ? "https:" : "http:",
    hostname: address,
    port,
    method: answer.method,
    path: target.base + answer.target,
    headers,
    maxHeaderSize: largestHead,
    insecureHTTPParser: false,
    ...(target.isTls ? { servername: target.isAddress ? "" : target.hostname } : {}),
  });
}

function addFraming(headers: string[], { body, method }: ForwardAnswer, length: number | undefined): void {
  if (body === "stream" && length === undefined) headers.push("transfer-encoding", "chunked");
  else if (body === "stream") headers.push("content-length", String(length));
  else if (body !== "none") headers.push("content-length", String(body.length));
  else if (withLength.has(method)) headers.push("content-length", "0");
}
