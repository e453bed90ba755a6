/** Says where the decision table would have grown beyond its limit, and what to do about it. */
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import type { Ir } from "../model/ir.ts";
import type { Program } from "../model/program.ts";
import { decisionTableLimit } from "./diagnostics.ts";

export function tableLimit({ gateway }: Program, { tableLimit: limit }: Ir): readonly Diagnostic[] {
  return limit === undefined || gateway === undefined ? [] : [finding(decisionTableLimit, gateway.span, limit)];
}
