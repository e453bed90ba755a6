/** The answers of a host that refuses by itself, beside the gateway's decision. */
import type { LocalAnswer } from "../../contract/gateway.ts";
import type { HostFault } from "../../contract/host-fault.ts";
import { problemBody, problemHeaders, whileComing } from "../../kernel/problem.ts";

export type { LocalAnswer } from "../../contract/gateway.ts";
export type { HostFault } from "../../contract/host-fault.ts";

const answers = {
  ...whileComing,
  internal: [500, "Internal error"],
  "bad-gateway": [502, "Bad gateway"],
  "invalid-answer": [502, "Invalid answer of the backend"],
  "decided-by-part": [404, "Decided by a part of the answer"],
  "backend-unavailable": [503, "Backend unavailable"],
  "backend-timeout": [504, "Backend timeout"],
  "incomplete-head": [408, "Incomplete request head"],
} as const;

/** The answer says which kind of fault, and nothing about its reason. `said`: instead of the kind's own status. */
export function faultAnswer(fault: HostFault, requestId: string, said?: number): LocalAnswer {
  const [usual, title] = answers[fault];
  const status = said ?? usual;
  return { status, headers: problemHeaders(requestId), body: problemBody(fault, status, title) };
}
