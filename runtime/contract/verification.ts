/** What checking the credential of a caller gives, whatever its kind. */
import type { Principal } from "./gateway.ts";

export type Verification =
  | { readonly ok: true; readonly principal: Principal }
  /**
   * `absent`: no such credential came. `invalid`: 401. `keys-unavailable`: what would tell could not be had, 503.
   * `why` is for `explain` and tests: never shown to the client.
   */
  | { readonly ok: false; readonly cause: "absent" | "invalid" | "keys-unavailable"; readonly why: string };
