/** The words about how many calls may pass, and all findings that they make. */
import type { Construct } from "../construct.ts";
import { cache } from "./cache.ts";
import { CACHE_DIAGNOSTICS } from "./cache.diagnostics.ts";
import { concurrency } from "./concurrency.ts";
import { plan, PLAN_LIMITS } from "./plan.ts";
import { quota } from "./quota.ts";
import { store } from "./store.ts";
import { STORE_DIAGNOSTICS } from "./store.diagnostics.ts";
import { throttle } from "./throttle.ts";
import { TRAFFIC_DIAGNOSTICS as LIMIT_DIAGNOSTICS } from "./traffic.diagnostics.ts";

export const TRAFFIC_DIAGNOSTICS = [...LIMIT_DIAGNOSTICS, ...STORE_DIAGNOSTICS, ...CACHE_DIAGNOSTICS] as const;

export const TRAFFIC_CONSTRUCTS: readonly Construct[] = [throttle, quota, concurrency, plan, ...PLAN_LIMITS, store, cache];
