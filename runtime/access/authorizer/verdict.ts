/** What an authorizer's answer comes to, whoever it is. */
import type { Principal } from "../../contract/gateway.ts";
import type { Policy } from "../iam/policy.ts";

export type Verdict =
  /** Who it is, and by which policy it may call; none: by the program's rules alone. */
  | { readonly kind: "caller"; readonly principal: Principal; readonly policy?: Policy }
  /** Known, and not to be let in. */
  | { readonly kind: "denied"; readonly why: string }
  /** Nobody that the authorizer knows: 401. */
  | { readonly kind: "unknown"; readonly why: string }
  /** No answer, or none that can be used. */
  | { readonly kind: "failed"; readonly why: string };

export function failed(why: string): Verdict {
  return { kind: "failed", why };
}

/** Only what an authorizer decided is believed for longer than a moment: a failure may be over by now. */
export function isLasting({ kind }: Verdict): boolean {
  return kind === "caller" || kind === "denied";
}
