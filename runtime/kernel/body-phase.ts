/** The body of a request: its length for every route, and for a typed one its media type, its bytes and its value (D16, D25, D49). */
import type { BodyRead, GatewayRequest } from "../contract/request.ts";
import type { ValueType } from "../contract/value-type.ts";
import type { Arrival } from "./arrival.ts";
import { bodyFaults } from "./body-faults.ts";
import { countFields, firstValue } from "./fields.ts";
import { isJsonMediaType } from "./media-type.ts";
import type { Refused } from "./progress.ts";
import { parseJson } from "./strict-json.ts";
import { wholeBody } from "./whole-body.ts";

/** The bytes of a typed body, of which the value is then the call's; else those that a credential was checked against, if any. */
export function takeBody(arrival: Arrival, request: GatewayRequest): TakenBody | Promise<TakenBody> {
  const { call, route } = arrival;
  const { contentLength } = call.request;
  if (contentLength !== undefined && contentLength > call.bound.data.limits.body) return tooLarge;
  const type = route.data.body;
  if (type !== undefined) return typedBody(arrival, type, request);
  return call.bytes === undefined ? undefined : bytesReadBefore(call.bytes);
}

type TakenBody = Uint8Array | Refused | undefined;

const tooLarge: Refused = { cause: "body-too-large" };
const incomplete: Refused = { cause: "incomplete-body" };

async function typedBody({ call, route }: Arrival, type: ValueType, request: GatewayRequest): Promise<TakenBody> {
  const { limits } = call.bound.data;
  const { headers } = call.request;
  const isJson = isJsonMediaType(firstValue(headers, "content-type")) && countFields(headers, "content-encoding") === 0;
  if (!isJson) return { cause: "unsupported-media-type" };
  const read = await wholeBody(call, request);
  if (read.kind !== "bytes") return read.kind === "tooLarge" ? tooLarge : incomplete;
  const parsed = parseJson(read.bytes, { depth: limits.jsonDepth, keys: limits.jsonKeys });
  if (!parsed.ok) return { cause: "invalid-body", facts: { errors: [{ at: "", message: parsed.message }] } };
  if (route.code.body?.(parsed.value) !== true) return { cause: "invalid-body", facts: { errors: bodyFaults(type, parsed.value) } };
  call.body = parsed.value;
  return read.bytes;
}

/** A signature may cover the body: what was checked is what is forwarded. */
async function bytesReadBefore(bytes: Promise<BodyRead>): Promise<TakenBody> {
  const read = await bytes;
  if (read.kind === "bytes") return read.bytes;
  return read.kind === "tooLarge" ? tooLarge : incomplete;
}
