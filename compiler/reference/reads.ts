/** What an expression reads (D50): what it names, through the arguments of those parameters that it names. Values play no part. */
import type { Expr } from "../model/expression.ts";
import { partsOf } from "./expression-parts.ts";
import type { Arguments } from "./scene.ts";

export type Phase = "request" | "principal" | "body";

/** Every expression inside, itself included, parameters followed to what they stand for. */
export function everyPart(expr: Expr, given: Arguments): readonly Expr[] {
  if (expr.op !== "param") return [expr, ...partsOf(expr).flatMap((part) => everyPart(part, given))];
  const argument = given?.values[expr.name];
  return argument ? everyPart(argument, given?.around) : [];
}

/** D24: the body; else the principal; else neither. */
export function phaseOf(condition: Expr, given: Arguments): Phase {
  const parts = everyPart(condition, given);
  if (parts.some((part) => part.op === "body")) return "body";
  return parts.some((part) => asksCaller(part)) ? "principal" : "request";
}

function asksCaller(part: Expr): boolean {
  return part.op === "applyingStatements" ? part.asksCaller : PRINCIPAL.includes(part.op);
}

const PRINCIPAL: readonly Expr["op"][] = ["isKnown", "isIdentity", "principalId", "principalField", "awsAllows", "awsTable"];
