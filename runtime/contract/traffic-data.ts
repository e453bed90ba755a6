/** Limits of traffic as they stand in the tables. */

/** How a limit counts. Whole numbers within 2^53 in all that is computed from them. */
export type Measure =
  /** A bucket of `burst` calls that is filled with `count` calls each `seconds`, evenly. */
  | { readonly kind: "throttle"; readonly count: number; readonly seconds: number; readonly burst: number }
  /** So many calls in a window of the calendar that begins `offset` milliseconds later than in UTC; weeks begin on Monday. */
  | { readonly kind: "quota"; readonly calls: number; readonly window: QuotaWindow; readonly offset: number }
  /** So many calls that are not over. */
  | { readonly kind: "concurrency"; readonly calls: number };

export type QuotaWindow = "day" | "week" | "month";

/** `key`: the site of the statement. `prefix`: bits of an IPv6 address that make one key; absent: the key is no address. */
export type LimitData = {
  readonly key: string;
  readonly name: string;
  readonly measure: Measure;
  readonly hasKey: boolean;
  /** Of a plan, and only where it is said that it holds. */
  readonly isPlaced?: true;
  /** Where others count as well: the store, what it is called there, and what happens while the store is away. */
  readonly shared?: { readonly store: string; readonly id: string; readonly otherwise: "deny" | "local" };
  readonly prefix?: number;
};

/** `claims`: by identity the claim that says which plan its caller has; null: none. `limits` of a plan in the order of asking. */
export type PlansData = {
  readonly claims: readonly (string | null)[];
  readonly plans: readonly { readonly name: string; readonly limits: readonly number[] }[];
};

/** A store. Late values are in code: addresses, the sentinels' name, the user. `password`: index of a secret. Times in milliseconds. */
export type StoreData = {
  readonly name: string;
  readonly mode: "single" | "cluster" | "sentinel";
  readonly password?: number;
  readonly timeout: number;
  readonly lease: number;
};
