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
  headers.push(...framing(answer, length));
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

function framing({ body, method }: ForwardAnswer, length: number | undefined): readonly string[] {
  if (body === "none") return withLength.has(method) ? ["content-length", "0"] : [];
  if (body !== "stream") return ["content-length", String(body.length)];
  return length === undefined ? ["transfer-encoding", "chunked"] : ["content-length", String(length)];
}
