/** The words about how a gateway is observed, and all findings that they make. */
import type { StatementConstruct } from "../construct.ts";
import { log } from "./log.ts";
import { metrics } from "./metrics.ts";
import { observe } from "./observe.ts";
import { traces } from "./traces.ts";

export { OBSERVE_DIAGNOSTICS } from "./observe.diagnostics.ts";

export const OBSERVE_CONSTRUCTS: readonly StatementConstruct[] = [observe, metrics, traces, log];
