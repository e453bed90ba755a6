/** The words about how many calls may pass, and all findings that they make. */
import type { StatementConstruct } from "../construct.ts";
import { concurrency } from "./concurrency.ts";
import { quota } from "./quota.ts";
import { throttle } from "./throttle.ts";

export { TRAFFIC_DIAGNOSTICS } from "./traffic.diagnostics.ts";

export const TRAFFIC_CONSTRUCTS: readonly StatementConstruct[] = [throttle, quota, concurrency];
