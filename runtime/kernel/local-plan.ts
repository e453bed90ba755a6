/** The gateway's own response, with the headers that the route sets (D18, D47). */
import type { Answer, HeaderField } from "../contract/gateway.ts";
import type { ResponseData } from "../contract/backend-data.ts";
import type { MovedHeader, SetHeader } from "./running-backend.ts";

export function localAnswer(
  response: ResponseData,
  set: readonly SetHeader[],
  requestId: string,
  moved: readonly MovedHeader[] = [],
): Answer {
  const headers: HeaderField[] = [];
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    if (!set.some(([other]) => other === lower)) headers.push([lower, value]);
  }
  for (const [name, value] of set) if (value !== undefined) headers.push([name, value]);
  for (const [to, from] of moved) for (const [name, value] of response.headers) if (name.toLowerCase() === from) headers.push([to, value]);
  headers.push(["x-request-id", requestId]);
  return { kind: "local", status: response.status, headers, body: response.body };
}
