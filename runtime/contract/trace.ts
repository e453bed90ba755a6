/** The place of a call among others: W3C Trace Context (Recommendation of 2021-11-23). Ids in lower-case hex. */
export type Trace = {
  /** 32 digits. */
  readonly traceId: string;
  /** 16 digits: of whoever called, where its word counts. */
  readonly parentId?: string;
  /** 16 digits: of the call at the gateway, and of the gateway's call to a backend. */
  readonly spanId: string;
  readonly backendSpanId: string;
  readonly isSampled: boolean;
  /** What other tracers say, as it goes on. */
  readonly state?: string;
};

/** 16 digits: of the call for a part of an answer, as one of 16 at most; the first has the id that an only call would have. */
export function partSpanId(backendSpanId: string, part: number): string {
  const digit = Number.parseInt(backendSpanId.slice(15), 16) ^ part;
  return backendSpanId.slice(0, 15) + digit.toString(16);
}

/** Whose word counts, and how many of the calls that nobody traces yet are traced: from `threshold` of 2^52 on. */
export type NamesData = {
  readonly requestIdClasses: readonly number[];
  readonly traces?: { readonly classes: readonly number[]; readonly threshold: number };
};
