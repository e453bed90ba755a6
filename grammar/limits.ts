/** Bounds on what is read, so that no input, however made, exhausts the compiler. Beyond each there is a named finding. */
export const LIMITS = {
  /** Code units of one file. */
  file: 16 * 1024 * 1024,
  /** Tokens of one file, newlines included. */
  tokens: 1_000_000,
  /** Code units of one literal. */
  literal: 64 * 1024,
  /** Brackets or conditionals inside one another. */
  depth: 64,
  /** Operators, calls and dots in one expression. */
  operators: 1_000,
} as const;
