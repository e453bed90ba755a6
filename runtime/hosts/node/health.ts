/** `/-/health`: says that the process takes requests. Answered before the gateway; that exact target and nothing like it. */
import type { ClientRequest, ClientResponse } from "./client-call.ts";

/** 200, or 503 while the server stops, so that balancers look elsewhere. False: the request is something else. */
export function answeredHealth(request: ClientRequest, response: ClientResponse, isStopping: boolean): boolean {
  if (request.target !== "/-/health" || (request.method !== "GET" && request.method !== "HEAD")) return false;
  // A request with a body is odd enough to be judged by the gateway.
  if (request.length !== 0) return false;
  const body = JSON.stringify({ status: isStopping ? "stopping" : "ok" });
  if (isStopping) response.shouldKeepAlive = false;
  response.writeHead(isStopping ? 503 : 200, [
    "content-type",
    "application/json",
    "cache-control",
    "no-store",
    "content-length",
    String(body.length),
  ]);
  response.end(request.method === "HEAD" ? undefined : Buffer.from(body));
  return true;
}
