/** What every answer has, in the order of its making: how it looks, who may read it, how it may be packed. */
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import type { BoundProgram } from "../bound-program.ts";
import { withCompression } from "./compress.ts";
import { withCors } from "./cors.ts";
import { withEveryAnswer } from "./every-answer.ts";

export function finished(program: BoundProgram, rawHeaders: readonly string[], outcome: Outcome): Outcome {
  return withCompression(program, rawHeaders, withCors(program, rawHeaders, withEveryAnswer(program, outcome)));
}
