/** The door of this room. */
export { check } from "./check.ts";
export { loadRegexProver, type RegexProver } from "./literals/regex-prover.ts";
