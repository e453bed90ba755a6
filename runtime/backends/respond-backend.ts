/** A started `respond` backend: the gateway's own answer, for which no host is asked. */
import type { RespondBackendData } from "../contract/backend-data.ts";
import { localAnswer } from "../kernel/local-plan.ts";
import type { RunningBackend } from "../kernel/running-backend.ts";

export function respondBackend({ response }: RespondBackendData): RunningBackend {
  return { plan: (_call, { onResponse, requestId, moved }) => localAnswer(response, onResponse, requestId, moved) };
}
