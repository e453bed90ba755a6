/** `/-/version`: which artefact answers. At the gateway's doors only where the deployment wants it there; that exact target and nothing like it. */
import type { ClientRequest, ClientResponse } from "./client-call.ts";

/** False: the request is something else. */
export function answeredVersion(request: ClientRequest, response: ClientResponse, artefact: string): boolean {
  if (request.target !== "/-/version" || request.method !== "GET") return false;
  if (request.length !== 0) return false;
  const body = JSON.stringify({ artefact });
  response.writeHead(200, ["content-type", "application/json", "cache-control", "no-store", "content-length", String(body.length)]);
  response.end(Buffer.from(body));
  return true;
}
