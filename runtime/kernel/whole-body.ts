/** All bytes of a body, read once however often they are asked for. */
import type { BodyRead, GatewayRequest } from "../contract/request.ts";
import type { Call } from "./call.ts";

/** At most `limits.body`: what says or turns out to be longer is too large. */
export function wholeBody(call: Call, request: GatewayRequest): Promise<BodyRead> {
  const limit = call.bound.data.limits.body;
  const { contentLength } = call.request;
  call.bytes ??= contentLength !== undefined && contentLength > limit ? Promise.resolve({ kind: "tooLarge" }) : request.readBody(limit);
  return call.bytes;
}
