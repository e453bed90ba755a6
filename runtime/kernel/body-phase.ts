/** The body of a request: its length for every route, and for a typed one its media type, its bytes and its value (D16, D25, D49). */
import type { GatewayRequest } from "../contract/request.ts";
import type { Arrival } from "./arrival.ts";
import type { Call } from "./call.ts";
import { bodyFaults } from "./body-faults.ts";
import { countFields, firstValue } from "./fields.ts";
import { isJsonMediaType } from "./media-type.ts";
import type { Refused } from "./progress.ts";
import { parseJson } from "./strict-json.ts";
import { wholeBody } from "./whole-body.ts";

/** The bytes of a typed body, of which the value is then the call's; else those that a credential was checked against, if any. */
export async function takeBody({ call, route }: Arrival, request: GatewayRequest): Promise<Uint8Array | Refused | undefined> {
  const { limits } = call.bound.data;
  const { headers, contentLength } = call.request;
  if (contentLength !== undefined && contentLength > limits.body) return { cause: "body-too-large" };
  const type = route.data.body;
  if (type === undefined) return bytesReadBefore(call);
  const isJson = isJsonMediaType(firstValue(headers, "content-type")) && countFields(headers, "content-encoding") === 0;
  if (!isJson) return { cause: "unsupported-media-type" };
  const read = await wholeBody(call, request);
  if (read.kind !== "bytes") return { cause: read.kind === "tooLarge" ? "body-too-large" : "incomplete-body" };
  const parsed = parseJson(read.bytes, { depth: limits.jsonDepth, keys: limits.jsonKeys });
  if (!parsed.ok) return { cause: "invalid-body", facts: { errors: [{ at: "", message: parsed.message }] } };
  if (route.code.body?.(parsed.value) !== true) return { cause: "invalid-body", facts: { errors: bodyFaults(type, parsed.value) } };
  call.body = parsed.value;
  return read.bytes;
}

/** A signature may cover the body: what was checked is what is forwarded. */
async function bytesReadBefore({ bytes }: Call): Promise<Uint8Array | Refused | undefined> {
  if (bytes === undefined) return undefined;
  const read = await bytes;
  if (read.kind === "bytes") return read.bytes;
  return { cause: read.kind === "tooLarge" ? "body-too-large" : "incomplete-body" };
}
