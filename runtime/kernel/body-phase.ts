/** The body of a request: its length for every route, and for a typed one its media type, its bytes and its value (D16, D25, D49). */
import type { BodyRead, GatewayRequest } from "../contract/request.ts";
import type { ValueType } from "../contract/value-type.ts";
import type { Arrival } from "./arrival.ts";
import { bodyFaults } from "./body-faults.ts";
import { countFields, firstValue } from "./fields.ts";
import { isJsonMediaType } from "./media-type.ts";
import type { Refused } from "./progress.ts";
import type { RequestError } from "./refusal.ts";
import { parseJson } from "./strict-json.ts";
import { wholeBody } from "./whole-body.ts";

/** The bytes of a typed body, of which the value is then the call's; else those that a credential was checked against, if any. */
export function takeBody(arrival: Arrival, request: GatewayRequest): TakenBody | Promise<TakenBody> {
  const { call, route } = arrival;
  const { contentLength } = call.request;
  if (contentLength !== undefined && contentLength > call.bound.data.limits.body) return tooLarge;
  const validity = route.code.validate?.(call);
  if (validity !== undefined && "cause" in validity) return validity;
  const errors = validity?.errors ?? noErrors;
  const type = route.data.body;
  if (type !== undefined) return typedBody(arrival, type, request, errors);
  if (errors.length > 0) return invalid(errors, noErrors);
  return call.bytes === undefined ? undefined : bytesReadBefore(call.bytes);
}

type TakenBody = Uint8Array | Refused | undefined;

const tooLarge: Refused = { cause: "body-too-large" };
const incomplete: Refused = { cause: "incomplete-body" };

const noErrors: readonly RequestError[] = [];

/** `errors` are of what stands before the body: all is said at once. */
async function typedBody(
  { call, route }: Arrival,
  type: ValueType,
  request: GatewayRequest,
  errors: readonly RequestError[],
): Promise<TakenBody> {
  const { limits } = call.bound.data;
  const { headers } = call.request;
  const isJson = isJsonMediaType(firstValue(headers, "content-type")) && countFields(headers, "content-encoding") === 0;
  if (!isJson) return { cause: "unsupported-media-type" };
  const read = await wholeBody(call, request);
  if (read.kind !== "bytes") return read.kind === "tooLarge" ? tooLarge : incomplete;
  const parsed = parseJson(read.bytes, { depth: limits.jsonDepth, keys: limits.jsonKeys });
  if (!parsed.ok) return invalid(errors, [{ at: "", message: parsed.message }]);
  if (route.code.body?.(parsed.value) !== true) return invalid(errors, bodyFaults(type, parsed.value));
  if (errors.length > 0) return invalid(errors, noErrors);
  call.body = parsed.value;
  return read.bytes;
}

const mostErrors = 20;

function invalid(before: readonly RequestError[], ofBody: readonly RequestError[]): Refused {
  return {
    cause: before.length > 0 ? "invalid-request" : "invalid-body",
    facts: { errors: [...before, ...ofBody].slice(0, mostErrors) },
  };
}

/** A signature may cover the body: what was checked is what is forwarded. */
async function bytesReadBefore(bytes: Promise<BodyRead>): Promise<TakenBody> {
  const read = await bytes;
  if (read.kind === "bytes") return read.bytes;
  return read.kind === "tooLarge" ? tooLarge : incomplete;
}
