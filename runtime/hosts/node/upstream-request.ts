/** A call to a backend, written from the plan: nothing of the client's framing is repeated, all of it is made anew. */
import { type Agent, type ClientRequest, request } from "node:http";
import type { Answer } from "../../contract/gateway.ts";
import type { Endpoint } from "./upstream/endpoint.ts";

export type ForwardAnswer = Extract<Answer, { kind: "forward" }>;

/** Methods of which a server expects a length even where there is no body (RFC 9110 section 8.6). */
const withLength: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
const largestHead = 64 * 1024;

/** Names and values in turn. `length`: of a streamed body, where the client declared one. */
export function requestFields(answer: ForwardAnswer, { target }: Endpoint, length: number | undefined): string[] {
  const fields = ["host", target.authority];
  for (const [name, value] of answer.headers) fields.push(name, value);
  addFraming(fields, answer, length);
  return fields;
}

/** By a connection of its own. `agent` false: in clear. A server that speaks TLS must prove the name of its target. */
export function upstreamRequest(answer: ForwardAnswer, endpoint: Endpoint, agent: Agent | false): ClientRequest {
  const { target, address, port } = endpoint;
  return request({
    agent,
    protocol: target.isTls ? "https:" : "http:",
    hostname: address,
    port,
    method: answer.method,
    path: target.base + answer.target,
    headers: requestFields(answer, endpoint, undefined),
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
