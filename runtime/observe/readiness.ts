/**
 * What must be there for a gateway to be of use: backends, keys, stores, lists. Each part of a host that needs something brings a check. Promises that asking
 * often costs nothing: an answer is good for a second, and a check that is slow counts as failed.
 */
export type Check = {
  readonly kind: "backend" | "keys" | "store" | "list";
  /** A name of the program. */
  readonly name: string;
  /** Undefined: all is well; else why not, without anything secret. May reject. */
  readonly look: () => Promise<string | undefined>;
};

export type CheckResult = { readonly kind: Check["kind"]; readonly name: string; readonly problem?: string };
export type Readiness = {
  /** Of two checks with one kind and name the first counts: who knows a backend better has added it before. */
  readonly add: (check: Check) => void;
  /** In the order in which they were added. */
  readonly results: () => Promise<readonly CheckResult[]>;
};

/** Milliseconds. */
const goodFor = 1_000;
const longest = 2_000;

export function readiness(now: () => number): Readiness {
  const checks: Check[] = [];
  let asked: { readonly at: number; readonly results: Promise<readonly CheckResult[]> } | undefined;
  return {
    add: (check) => {
      if (checks.some(({ kind, name }) => kind === check.kind && name === check.name)) return;
      checks.push(check);
      asked = undefined;
    },
    results: () => {
      const at = now();
      if (asked === undefined || at - asked.at >= goodFor) asked = { at, results: Promise.all(checks.map(resultOf)) };
      return asked.results;
    },
  };
}

async function resultOf({ kind, name, look }: Check): Promise<CheckResult> {
  const problem = await Promise.race([look().catch(text), tooLate()]);
  return { kind, name, ...(problem === undefined ? {} : { problem }) };
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tooLate(): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`no answer within ${longest} ms`), longest).unref();
  });
}
