/** What a run of checks found, and its closing line. */
export type Verdicts = {
  /**
   * Runs one check and prints how it went; what it throws is its failure. A person who sees that a key did nothing presses it again, so a check that fails
   * is tried once more, and both are told. Later checks run all the same.
   */
  readonly check: (name: string, run: () => Promise<void> | void) => Promise<void>;
  /** A result that was found elsewhere. */
  readonly take: (name: string, failure: string | undefined) => void;
  /** Prints `N passed, N failed, N skipped`; the number of failures. */
  readonly close: () => number;
};

export function verdicts(onFailure: (name: string) => Promise<void>): Verdicts {
  const count = { passed: 0, failed: 0 };
  const take = (name: string, failure: string | undefined): void => {
    count[failure === undefined ? "passed" : "failed"]++;
    console.log(
      `${failure === undefined ? "ok  " : "FAIL"} ${name}${failure === undefined ? "" : `\n     ${failure.replaceAll("\n", "\n     ")}`}`,
    );
  };
  return {
    take,
    check: async (name, run) => {
      const first = await faultOf(run);
      if (first === undefined) return take(name, undefined);
      await onFailure(name);
      console.log(`once more: ${name}\n     ${first.replaceAll("\n", "\n     ")}`);
      take(name, await faultOf(run));
    },
    close: () => {
      console.log(`${count.passed} passed, ${count.failed} failed, 0 skipped`);
      return count.failed;
    },
  };
}

async function faultOf(run: () => Promise<void> | void): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}
