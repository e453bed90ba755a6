/** What a host refuses by itself, beside the gateway's decision: faults of backends, and its own. */
import type { HeaderField } from "../../contract/gateway.ts";
import { problemBody, problemHeaders, refusal } from "../../kernel/refusal.ts";

export type HostFault =
  | "internal"
  | "bad-gateway"
  | "backend-unavailable"
  | "backend-timeout"
  | "body-too-large"
  | "incomplete-body"
  | "malformed"
  | "headers-too-large"
  | "incomplete-head";

export type LocalAnswer = { readonly status: number; readonly headers: readonly HeaderField[]; readonly body: string };

const own = {
  internal: [500, "Internal error"],
  "bad-gateway": [502, "Bad gateway"],
  "backend-unavailable": [503, "Backend unavailable"],
  "backend-timeout": [504, "Backend timeout"],
  "incomplete-head": [408, "Incomplete request head"],
} as const;

/** The answer says which kind of fault, and nothing about its reason. */
export function faultAnswer(fault: HostFault, requestId: string): LocalAnswer {
  switch (fault) {
    case "body-too-large":
    case "incomplete-body":
    case "malformed":
    case "headers-too-large":
      return refusal(fault, { requestId });
    default: {
      const [status, title] = own[fault];
      return { status, headers: problemHeaders(requestId), body: problemBody(fault, status, title) };
    }
  }
}
