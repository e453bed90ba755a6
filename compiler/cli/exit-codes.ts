/** What a run of `gwl` says to the shell. One table for all commands. */
export const EXIT = {
  /** Done, nothing to complain about. */
  ok: 0,
  /** Done, and there are findings: errors in the sources, failed tests, files to be formatted, a gateway that ended by itself. */
  findings: 1,
  /** Asked for what cannot be done: the command line, the environment or the file system is wrong. */
  usage: 2,
  /** A fault of the compiler's, not of the sources. */
  internal: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
