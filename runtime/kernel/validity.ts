/** What the checks of a route say of a request: why it is refused at once, or all that does not fit. */
import type { Cause } from "../contract/gateway.ts";
import type { RequestError } from "./refusal.ts";

export type Validity = { readonly cause: Cause } | { readonly errors: readonly RequestError[] };
