/**
 * One of those who are measured side by side. Each lives in a thread of its own, so that neither its shapes nor its garbage
 * are another's, and answers some known questions first: who answers wrongly does not count.
 */
export type Contender = {
  /** Inputs that were never seen: strings are new, without a hash, as they come from a socket. Not measured. */
  readonly fresh: (round: number, count: number) => readonly unknown[];
  /** Measured. What it gives is kept, so that nothing is optimised away. */
  readonly run: (inputs: readonly never[]) => unknown;
  /** What is wrong with its answers, in a few words. */
  readonly wrong?: string | undefined;
  /** Bytes that it holds for its data, where that can be told. */
  readonly bytes?: number;
  /** Seconds from its data to being ready, where that is measured. */
  readonly buildSeconds?: number;
};

/** What a module of contenders exports as `contenders`: by name, each made from what the contest gives all of them. */
export type Contenders = Readonly<Record<string, (setup: never) => Contender | Promise<Contender>>>;

export type ContenderPlace = { readonly module: string; readonly contender: string; readonly setup: unknown };
/** Parent to thread: a round. Thread to parent: nanoseconds for one input, or why there is no contender. */
export type RoundAsked = { readonly round: number };
export type FromContender =
  | {
      readonly kind: "ready";
      readonly wrong: string | undefined;
      readonly bytes: number | undefined;
      readonly buildSeconds: number | undefined;
      /** Bytes that one input allocates: the fewest that were seen, since a collection takes some away. */
      readonly allocated: number | undefined;
    }
  | { readonly kind: "round"; readonly nanoseconds: number }
  | { readonly kind: "failed"; readonly why: string };

/** Runs `ask` for each input. */
export function each(ask: (input: never) => unknown): (inputs: readonly never[]) => unknown {
  return (inputs) => {
    let last: unknown;
    for (const input of inputs) last = ask(input);
    return last;
  };
}

/** The same text in a string of its own, as a socket's parser would make it. */
export function freshText(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}

/** Numbers without a pattern, the same in every run (Knuth's multiplicative hash). */
export function scattered(number: number): number {
  let mixed = Math.imul(number + 1, 2_654_435_761) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) >>> 0;
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
