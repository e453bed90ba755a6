/** Answers that are kept (RFC 9111): what a program says of them, and what a decision says of one call. Times in milliseconds, sizes in bytes. */

/** What the program says. Each time is the most: what the answer itself says may make it shorter. */
export type CacheRule = {
  /** How long an answer is fresh; also of one that says nothing of it. */
  readonly time: number;
  /** For how long after that it may be given while it is asked for anew, and where the backend fails (RFC 5861). */
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
  /** Of a body. */
  readonly mostBytes: number;
  /** Who is heeded that wants an answer from the backend: whom IAM lets invalidate the cache, everybody, nobody. */
  readonly refresh: "permitted" | "anyone" | "nobody";
  /** Whether answers say what was done (RFC 9211). */
  readonly tells: boolean;
  /** Where they are kept for several gateways; absent: in the process. */
  readonly store?: string;
};

/**
 * `whose`: each caller's own; shared by callers who have in common what `by` reads of them, and the identity; everybody's. `isPersonal`: whoever
 * shares one is one caller. `fields`: names of header fields that the route sets for its backend. `documents`: of IAM, which say who may invalidate.
 */
export type CacheData = CacheRule & {
  readonly whose: "caller" | "some" | "everyone";
  readonly isPersonal: boolean;
  readonly fields: readonly string[];
  readonly documents: readonly number[];
};

/** What may be done with the answer to one call. */
export type CachePlan = Omit<CacheRule, "refresh"> & {
  /** Answers under another text are never answers to this call. Holds what callers sent: to be hashed, not shown. */
  readonly key: string;
  /** What a call that changes something names as changed: see `Changing`. */
  readonly place: string;
  /** A private cache in the sense of the RFC, where the key names one caller; else a shared one. */
  readonly isPersonal: boolean;
  /** It is shared and the call says who calls, so the answer has to say that it may be kept (RFC 9111, section 3.5). */
  readonly needsConsent: boolean;
  /** The caller wants what the backend says now, and may. */
  readonly refreshes: boolean;
  /** The caller wants nothing of it to be kept. */
  readonly keepsNothing: boolean;
};

/** On plans for backends. `changes`: the place whose answers are not kept any longer once the call went well (RFC 9111, section 4.4). */
export type Cached = { readonly cache?: CachePlan; readonly changes?: string };
