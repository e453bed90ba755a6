/** What checking the credential of a caller gives, whatever its kind. */
import type { CallerPolicies } from "./iam.ts";
import type { Principal } from "./gateway.ts";

/** Parts of a credential that stay with the gateway: fields by lower-case name, and the query without its part of it (undefined: none is left). */
export type Withheld = { readonly headers: readonly string[]; readonly query: string | undefined };

export type Verification =
  | { readonly ok: true; readonly principal: Principal; readonly withheld?: Withheld; readonly policies?: CallerPolicies }
  /**
   * `absent`: no such credential came. `invalid`: 401. `keys-unavailable`: what would tell could not be had, 503. The others: the
   * credential covers the body, which is too large (413) or did not come (408); an authorizer said no (403), gave no answer that can be
   * used (500), or cannot be asked about a request with so long an ARN (414).
   * `why` is for `explain` and tests: never shown to the client.
   */
  | { readonly ok: false; readonly cause: RefusedCredential; readonly why: string };

export type RefusedCredential =
  | "absent"
  | "invalid"
  | "keys-unavailable"
  | "body-too-large"
  | "incomplete-body"
  | "authorizer-denied"
  | "authorizer-failed"
  | "target-too-long";
