/** The body of a request: its length for every route, and for a typed one its media type, its bytes and its value (D16, D25, D49). */
import type { Decoded, DecompressData } from "../contract/decode.ts";
import type { HeaderField } from "../contract/gateway.ts";
import type { BodyRead, GatewayRequest } from "../contract/request.ts";
import type { ValueType } from "../contract/value-type.ts";
import type { World } from "../contract/world.ts";
import type { Arrival } from "./arrival.ts";
import { bodyFaults } from "./body-faults.ts";
import { lowerAscii } from "./characters.ts";
import { allValues, firstValue } from "./fields.ts";
import { isJsonMediaType } from "./media-type.ts";
import type { Refused } from "./progress.ts";
import type { RequestError } from "./refusal.ts";
import { parseJson } from "./strict-json.ts";
import { wholeBody } from "./whole-body.ts";

/** The bytes of a typed body, of which the value is then the call's; else those that a credential was checked against, if any. */
export function takeBody(arrival: Arrival, request: GatewayRequest, world: World): TakenBody | Promise<TakenBody> {
  const { call, route } = arrival;
  const { contentLength } = call.request;
  if (contentLength !== undefined && contentLength > call.bound.data.limits.body) return tooLarge;
  const validity = route.code.validate?.(call);
  if (validity !== undefined && "cause" in validity) return validity;
  const errors = validity?.errors ?? noErrors;
  const type = route.data.body;
  if (type !== undefined) return typedBody(arrival, type, { request, world }, errors);
  if (errors.length > 0) return invalid(errors, noErrors);
  return call.bytes === undefined ? undefined : bytesReadBefore(call.bytes);
}

export type TakenBody = Uint8Array | Refused | undefined;

const tooLarge: Refused = { cause: "body-too-large" };
const incomplete: Refused = { cause: "incomplete-body" };

const noErrors: readonly RequestError[] = [];

/** `errors` are of what stands before the body: all is said at once. */
async function typedBody(
  { call, route }: Arrival,
  type: ValueType,
  { request, world }: { readonly request: GatewayRequest; readonly world: World },
  errors: readonly RequestError[],
): Promise<TakenBody> {
  const { limits } = call.bound.data;
  const { headers } = call.request;
  if (!isJsonMediaType(firstValue(headers, "content-type"))) return { cause: "unsupported-media-type" };
  const coding = codingOf(headers, route.data.decompress, world);
  if (typeof coding === "object") return coding;
  const read = await wholeBody(call, request);
  if (read.kind !== "bytes") return read.kind === "tooLarge" ? tooLarge : incomplete;
  const decoded = coding === undefined ? read : await coding(read.bytes);
  if (decoded.kind === "tooLarge") return tooLarge;
  if (decoded.kind === "malformed") return invalid(errors, [{ at: "", message: "not what its coding makes" }]);
  const parsed = parseJson(decoded.bytes, { depth: limits.jsonDepth, keys: limits.jsonKeys });
  if (!parsed.ok) return invalid(errors, [{ at: "", message: parsed.message }]);
  if (route.code.body?.(parsed.value) !== true) return invalid(errors, bodyFaults(type, parsed.value));
  if (errors.length > 0) return invalid(errors, noErrors);
  call.body = parsed.value;
  call.isDecoded = coding !== undefined;
  return decoded.bytes;
}

/** How the body is read that came in a coding; undefined: it came without one. */
function codingOf(
  headers: readonly HeaderField[],
  data: DecompressData | undefined,
  { decode }: World,
): Refused | ((bytes: Uint8Array) => Promise<Decoded>) | undefined {
  const said = allValues(headers, "content-encoding");
  if (said.length === 0) return undefined;
  const name = lowerAscii(said.join(", "));
  const coding = data?.codings.find((one) => one === (name === "x-gzip" ? "gzip" : name));
  if (data === undefined || decode === undefined) return { cause: "unsupported-media-type", facts: { acceptEncoding: "identity" } };
  if (coding === undefined) return { cause: "unsupported-media-type", facts: { acceptEncoding: data.codings.join(", ") } };
  return (bytes) => decode(coding, bytes, Math.min(data.most, bytes.length * data.ratio));
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
