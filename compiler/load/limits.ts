/** Bounds on what is read from outside. Beyond each there is a named finding. */
export const LOAD_LIMITS = {
  /** Bytes of one source. */
  source: 16 * 1024 * 1024,
  /** Bytes of one list or key file. */
  data: 64 * 1024 * 1024,
  /** Sources of one program. */
  files: 10_000,
  /** Imports that lead from one file to the next. */
  depth: 200,
} as const;
