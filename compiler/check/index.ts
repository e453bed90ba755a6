/** The door of this room. */
export { check, checkInSteps, checkStatements } from "./check.ts";
export type { Listener } from "./listener.ts";
export { loadRegexProver, type RegexProver } from "./literals/regex-prover.ts";
