/** A refusal of the host's own, with the fields that every answer of the gateway has. */
import type { Exchange } from "./exchange.ts";
import { faultAnswer, type HostFault, type LocalAnswer } from "./host-fault.ts";

export function refusedByHost({ host, request, outcome }: Exchange, fault: HostFault, requestId: string): LocalAnswer {
  const answer = faultAnswer(fault, requestId);
  const fields = host.gateway.onFault?.(request.rawHeaders, outcome);
  return fields === undefined ? answer : { ...answer, headers: [...answer.headers, ...fields] };
}
