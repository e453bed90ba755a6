/**
 * THE MEANING: what a checked program does to a request, said as plainly as it can be. Promises: linear scans, naive matching, no tables and
 * no caches; it shares no code with lowering, emission or the runtime, so that their agreement proves something.
 */
import type { Gateway, Start } from "../../runtime/contract/gateway.ts";
import type { Program } from "../model/program.ts";
import { bindProgram } from "./configuration.ts";
import { decide } from "./phases.ts";
import { nobody } from "./recorder.ts";
import { fieldsOfFault } from "./shaping/cors.ts";
import { fault } from "./shaping/every-answer.ts";

export { explainRequest, type Explanation, type Missed, type PhaseTrace, type RuleTrace, type Trace } from "./explain.ts";
export type { Difference, NearRoute } from "./near-routes.ts";
export type { PhaseName } from "./recorder.ts";

export function startReference(program: Program): Start {
  return (configuration) => {
    const binding = bindProgram(program, configuration);
    if ("problems" in binding) return binding;
    const gateway: Gateway = {
      handle: (request, world) => decide(binding.program, request, world, nobody),
      onFault: (kind, answer, rawHeaders, outcome) => {
        const said = fault(binding.program, kind, answer, outcome);
        return { ...said, headers: [...said.headers, ...fieldsOfFault(binding.program, rawHeaders, outcome)] };
      },
    };
    return { gateway, settings: binding.program.settings };
  };
}
