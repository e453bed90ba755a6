/** What becomes of a call once it was asked at its limits, and what answers say of it (D200). */
import type { HeaderField } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { SharedReturn } from "../contract/shared-counts.ts";
import type { Admission } from "../kernel/traffic.ts";
import { type Clock, type Count, seconds } from "./meter.ts";
import { causeOf, type RunningLimit } from "./running-limit.ts";

/** `count`: absent where the store that counts is away. `lease`: what the store is told when the call is over. */
export type Asked = {
  readonly limit: RunningLimit;
  readonly count: Count | undefined;
  readonly passes: boolean;
  readonly lease?: SharedReturn;
};

/** Milliseconds; as for keys that cannot be had. */
const untilBack = 5000;

/** Of a call that all limits have counted. */
export function admitted(asked: readonly Asked[], now: Clock, request: GatewayRequest): Admission {
  const fields = limitFields(asked, now);
  for (const { limit, count, lease } of asked) {
    const { over } = limit.meter;
    if (over === undefined || count === undefined || lease !== undefined) continue;
    whenOver(request, () => over(count));
  }
  return { fields };
}

/** Where nobody says when a call is over, it is at once. */
export function whenOver(request: GatewayRequest, tell: () => void): void {
  if (request.whenOver === undefined) tell();
  else request.whenOver(tell);
}

/** Of a call that some limit refuses, and none has counted. */
export function refused(asked: readonly Asked[], now: Clock): Admission {
  const refusing = asked.filter(({ passes }) => !passes);
  const [first] = refusing;
  const waits = refusing.map(({ limit, count }) => (count === undefined ? untilBack : limit.meter.wait(count, now)));
  return {
    fields: limitFields(asked, now),
    refused: {
      cause: first === undefined || first.count === undefined ? "limits-unavailable" : causeOf(first.limit.data),
      keys: refusing.map(({ limit }) => limit.data.key).sort(),
      facts: { retryAfter: seconds(Math.max(1, ...waits)) },
    },
  };
}

/** draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4. Names hold no quotes. */
function limitFields(asked: readonly Asked[], now: Clock): readonly HeaderField[] {
  let policies = "";
  let left = "";
  for (const { limit, count } of asked) {
    if (count === undefined) continue;
    const { data, meter } = limit;
    const behind = policies === "" ? "" : ", ";
    policies += `${behind}"${data.name}"${meter.policy(count)}`;
    left += `${behind}"${data.name}";r=${meter.left(count)}${meter.reset(count, now)}`;
  }
  return policies === ""
    ? []
    : [
        ["ratelimit-policy", policies],
        ["ratelimit", left],
      ];
}
