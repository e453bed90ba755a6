/** The body that a backend gets in the place of the one that came. Promises: it is at most as large as bodies of requests may be. */
import type { ValueType } from "../contract/value-type.ts";
import type { Call } from "../kernel/call.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Undefined: it would be too large. */
export function mappedBody(call: Call, value: unknown, type: ValueType): Uint8Array | undefined {
  return canonicalJson(value, type, call.bound.data.limits.body);
}
