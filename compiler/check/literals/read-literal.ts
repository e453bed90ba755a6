/** The door of this room: a literal as written becomes a value, or a finding. Knows no names and no places. */
import type { Literal } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Type, Value } from "../../model/types.ts";
import type { Report } from "../report.ts";
import { readCidr, readIp } from "./address-literals.ts";
import { invalidRegex, slowRegex, unprovedRegex } from "./diagnostics.ts";
import { readDecimal, readDuration, readInt, readPercent, readRate, readSize, type Reading } from "./number-literals.ts";
import type { RegexProver } from "./regex-prover.ts";
import { readTime, readTimeOfDay } from "./time-literals.ts";

export type TypedValue = { readonly type: Type; readonly value: Value };

/** The value of `node` with its plain type; undefined after a finding. */
export function readLiteral(node: Literal, proveLinear: RegexProver, report: Report): TypedValue | undefined {
  const reading = readByKind(node, proveLinear);
  if ("problem" in reading) {
    report(reading.problem);
    return undefined;
  }
  return { type: typeOfLiteral(node.kind), value: reading.value };
}

function readByKind(node: Literal, proveLinear: RegexProver): Reading {
  switch (node.kind) {
    case "text":
      return { value: node.value };
    case "bool":
      return { value: node.text === "true" };
    case "int":
      return readInt(node.text, node.span);
    case "decimal":
      return readDecimal(node.text, node.span);
    case "duration":
      return readDuration(node.text, node.span);
    case "rate":
      return readRate(node.text, node.span);
    case "size":
      return readSize(node.text, node.span);
    case "percent":
      return readPercent(node.text, node.span);
    case "time":
      return readTime(node.text, node.span);
    case "timeOfDay":
      return readTimeOfDay(node.text, node.span);
    case "ip":
      return readIp(node.text, node.span);
    case "cidr":
      return readCidr(node.text, node.span);
    case "regex":
      return readRegex(node.text, node.span, proveLinear);
  }
}

function readRegex(pattern: string, span: Literal["span"], proveLinear: RegexProver): Reading {
  const why = invalidity(pattern);
  if (why !== undefined) return { problem: finding(invalidRegex, span, { why }) };
  const verdict = proveLinear(pattern);
  switch (verdict.kind) {
    case "linear":
      return { value: pattern };
    case "slow":
      return { problem: finding(slowRegex, span, { complexity: verdict.complexity, attack: verdict.attack }) };
    case "unproved":
      return { problem: finding(unprovedRegex, span, { why: verdict.why }) };
  }
}

function invalidity(pattern: string): string | undefined {
  try {
    return new RegExp(pattern, "u").unicode ? undefined : "";
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    return said.slice(said.lastIndexOf(": ") + 2).toLowerCase();
  }
}

function typeOfLiteral(kind: Literal["kind"]): Type {
  switch (kind) {
    case "text":
      return { kind: "string" };
    case "cidr":
      return { kind: "network" };
    case "bool":
    case "int":
    case "decimal":
    case "duration":
    case "rate":
    case "size":
    case "percent":
    case "time":
    case "timeOfDay":
    case "ip":
    case "regex":
      return { kind };
  }
}
