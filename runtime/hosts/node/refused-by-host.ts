/** A refusal of the host's own, as the program wants it. `status`: instead of the kind's own. */
import type { Exchange } from "./exchange.ts";
import { faultAnswer, type HostFault, type LocalAnswer } from "./host-fault.ts";

export function refusedByHost({ host, request, outcome }: Exchange, fault: HostFault, requestId: string, status?: number): LocalAnswer {
  const answer = faultAnswer(fault, requestId, status);
  return host.gateway.onFault?.(fault, answer, request.rawHeaders, outcome) ?? answer;
}
