/** What a request presents as its signature, from either form, taken apart: nothing in it is trusted yet. */
import type { Scope } from "./scope.ts";
import type { Timestamp } from "./timestamp.ts";

export type Presented = {
  readonly form: "header" | "query";
  readonly scope: Scope;
  readonly date: Timestamp;
  /** As sent: lower-case names joined by `;`. */
  readonly signedHeaders: string;
  readonly signature: Uint8Array;
  readonly token: string | undefined;
  /** Seconds; undefined: good for as long as clocks may differ. */
  readonly expires: number | undefined;
  /** What the client says of its body: a hash, or that it is not signed. */
  readonly payload: string | undefined;
};
