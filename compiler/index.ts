/** The compiler's public door. */
export type { CompilerHost, HostRead, Unreadable } from "./host.ts";
export type { Sources } from "./diagnostics/sources.ts";
export { type BundleGoal, type Compilation, compile, type Goal } from "./pipeline.ts";
export type { Timing } from "./stopwatch.ts";
