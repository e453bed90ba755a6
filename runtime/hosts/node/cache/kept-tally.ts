/** How much is kept, and how much went and why, until somebody asks. */

/** `evicted`: for want of room. `dropped`: since their places were changed. */
export type Changed = { readonly bytes: number; readonly answers: number; readonly evicted: number; readonly dropped: number };
export type KeptTally = {
  readonly bytes: () => number;
  /** Of answers that came or, below 0, went. */
  readonly add: (bytes: number, answers: number) => void;
  readonly went: (why: "evicted" | "dropped", answers: number) => void;
  /** What has become of it since it was asked last; undefined where nothing has. */
  readonly changed: () => Changed | undefined;
};

export function keptTally(): KeptTally {
  const now = { bytes: 0, answers: 0, evicted: 0, dropped: 0 };
  let isTold = true;
  return {
    bytes: () => now.bytes,
    add: (bytes, answers) => {
      now.bytes += bytes;
      now.answers += answers;
      isTold = false;
    },
    went: (why, answers) => {
      now[why] += answers;
    },
    changed: () => {
      if (isTold) return undefined;
      const told = { ...now };
      Object.assign(now, { evicted: 0, dropped: 0 });
      isTold = true;
      return told;
    },
  };
}
