/** A limit of a started gateway: how it counts, and what it has counted. */
import type { Cause } from "../contract/gateway.ts";
import type { LimitData, Measure } from "../contract/traffic-data.ts";
import { calendarQuota } from "./calendar-quota.ts";
import { callsUnderWay } from "./calls-under-way.ts";
import { type CountOf, countedKeys } from "./counted-keys.ts";
import type { Meter } from "./meter.ts";
import { tokenBucket } from "./token-bucket.ts";

export type RunningLimit = { readonly data: LimitData; readonly meter: Meter; readonly countOf: CountOf };

export function startLimit(data: LimitData): RunningLimit {
  const meter = meterOf(data.measure);
  return { data, meter, countOf: countedKeys(meter) };
}

function meterOf(measure: Measure): Meter {
  switch (measure.kind) {
    case "throttle":
      return tokenBucket(measure);
    case "quota":
      return calendarQuota(measure);
    case "concurrency":
      return callsUnderWay(measure);
  }
}

export function causeOf({ measure }: LimitData): Cause {
  switch (measure.kind) {
    case "throttle":
      return "throttled";
    case "quota":
      return "quota-exceeded";
    case "concurrency":
      return "too-many-at-once";
  }
}
