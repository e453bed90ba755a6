/** What every answer has, in the order of its making: how it looks, who may read it, how it may be packed. */
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../../runtime/contract/request.ts";
import type { BoundProgram } from "../bound-program.ts";
import { withCompression } from "./compress.ts";
import { withCors } from "./cors.ts";
import { withEveryAnswer } from "./every-answer.ts";

export function finished(program: BoundProgram, given: GatewayRequest, outcome: Outcome): Outcome {
  const { rawHeaders } = given;
  return withCompression(program, given, withCors(program, rawHeaders, withEveryAnswer(program, outcome)));
}
