/**
 * Statements of IAM documents as conditions. Promises: what a statement says of the client's address becomes a network, so that
 * it is settled by the address class like any other; what is left of it is asked of the document, all statements at once.
 */
import { addressSet, cidrsOf } from "../model/address-ranges.ts";
import { blockOfAddress, parseAddress, parseBlock, type Block } from "../model/address-text.ts";
import type { PolicyFile } from "../model/iam.ts";
import { mapChildren } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { IrDocument } from "../model/ir.ts";
import type { PolicyCondition, PolicyStatement } from "../../runtime/contract/iam.ts";
import { BOOL, bool, constant } from "./constants.ts";

export type StatementConditions = {
  /** The condition with each question about a statement replaced by what it comes to. */
  readonly spelledOut: (condition: Expr) => Expr;
  /** What is left to be asked of each document. */
  readonly documents: () => readonly IrDocument[];
};

/** `hasEndpoints`: calls may come by VPC endpoints, where nothing has the key `aws:SourceIp`. */
export function statementConditions(files: readonly PolicyFile[], hasEndpoints: boolean): StatementConditions {
  const parts = files.map(({ document, isRules }) =>
    document.statements.map((statement): Split => (isRules === true ? splitStatement(statement) : { networks: [], rest: statement })),
  );
  const spelledOut = (expr: Expr): Expr => {
    if (expr.op !== "in" || expr.collection.op !== "applyingStatements" || expr.element.op !== "const") {
      return mapChildren(expr, spelledOut);
    }
    const part = parts[expr.collection.document]?.[Number(expr.element.value)];
    if (part === undefined) return bool(false, expr.span);
    const networks = part.networks.map((network) => (hasEndpoints ? beyondEndpoints(network, expr) : networkQuestion(network, expr)));
    const rest = applies(part.rest) ? [] : [expr];
    return { op: "and", operands: [...networks, ...rest], type: BOOL, span: expr.span };
  };
  return {
    spelledOut,
    documents: () =>
      files.map(({ document, asksCaller }, at) => ({
        document: { ...document, statements: (parts[at] ?? []).map(({ rest }) => rest) },
        asksCaller,
      })),
  };
}

/** `ifAbsent`: what the condition comes to where there is no such key. */
type NetworkQuestion = { readonly isNegated: boolean; readonly ifAbsent: boolean; readonly cidrs: readonly string[] };
type Split = { readonly networks: readonly NetworkQuestion[]; readonly rest: PolicyStatement };

function splitStatement(statement: PolicyStatement): Split {
  const networks = statement.conditions.flatMap((condition) => networkOf(condition) ?? []);
  return { networks, rest: { ...statement, conditions: statement.conditions.filter((condition) => networkOf(condition) === undefined) } };
}

/** The client's address is one, so sets of values and `IfExists` change nothing but what holds without it. */
function networkOf({ operator, key, values, ifExists, quantifier }: PolicyCondition): NetworkQuestion | undefined {
  if (key !== "aws:sourceip" || (operator !== "IpAddress" && operator !== "NotIpAddress")) return undefined;
  const isNegated = operator === "NotIpAddress";
  const ifAbsent = ifExists || quantifier === "all" || (quantifier === undefined && isNegated);
  return { isNegated, ifAbsent, cidrs: cidrsOf(addressSet(values.flatMap((value) => blockAround(value) ?? []))) };
}

/** Bits behind the prefix say nothing. */
function blockAround(text: string): Block | undefined {
  if (!text.includes("/")) {
    const address = parseAddress(text);
    return address && blockOfAddress(address);
  }
  const reading = parseBlock(text);
  if (reading.kind === "block") return reading.block;
  const whole = reading.kind === "host-bits" ? parseBlock(reading.network) : reading;
  return whole.kind === "block" ? whole.block : undefined;
}

function networkQuestion({ isNegated, cidrs }: NetworkQuestion, { span }: Expr): Expr {
  const element: Expr = { op: "clientIp", type: { kind: "ip" }, span };
  const inside: Expr = { op: "in", element, collection: constant({ kind: "network" }, cidrs, span), type: BOOL, span };
  return isNegated ? { op: "not", operand: inside, type: BOOL, span } : inside;
}

function beyondEndpoints(network: NetworkQuestion, at: Expr): Expr {
  const { span } = at;
  const vpce: Expr = { op: "entryFact", fact: "vpce", type: { kind: "optional", type: { kind: "string" } }, span };
  const isAbsent: Expr = { op: "has", operand: vpce, type: BOOL, span };
  const question = networkQuestion(network, at);
  if (network.ifAbsent) return { op: "or", operands: [isAbsent, question], type: BOOL, span };
  return { op: "and", operands: [{ op: "not", operand: isAbsent, type: BOOL, span }, question], type: BOOL, span };
}

/** Whether nothing is left to ask: it is about everybody, every call and all of the API. */
function applies({ principals, actions, resources, conditions }: PolicyStatement): boolean {
  const anyone = principals === undefined || (!principals.not && principals.items.some(({ kind }) => kind === "anyone"));
  const anyCall =
    !actions.not && actions.items.some((action) => ["*", "execute-api:*", "execute-api:invoke"].includes(action.toLowerCase()));
  const anyResource = !resources.not && resources.items.some((resource) => resource === "*" || resource === "execute-api:/*");
  return anyone && anyCall && anyResource && conditions.length === 0;
}
