/** What rules may read of a caller, as the tables have it. */
import type { ValueType } from "./value-type.ts";

/** `claim` is the member of what came, `name` what rules call it. An optional type: may be absent. */
export type ClaimData = {
  readonly name: string;
  readonly claim: string;
  readonly type: ValueType;
  /** Not the member itself: those of these scopes that the token grants. */
  readonly scopes?: readonly string[];
};
