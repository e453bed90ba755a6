/**
 * `accept A or B`, `accept A and B`: who must authenticate, and with what. Promises: names are declared identities, and no caller is let in
 * for having less than another one must have.
 */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { AcceptedCaller } from "../../model/program.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { acceptedTwice, callerHoldsAnother, identitiesExpected, tooManyCallers } from "./access.diagnostics.ts";
import { type CallerNames, callersIn } from "./accepted-identities.ts";

export const accept: StatementConstruct = {
  kind: "statement",
  words: ["accept"],
  within: ["gateway", "api", "group", "route"],
  summary: "identities that a caller must prove: one of several, or several at once",
  written: ["accept IDENTITY", "accept IDENTITY or IDENTITY", "accept IDENTITY and IDENTITY"],
  read,
};

const MOST_CALLERS = 64;

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, accept, context);
  const node = phrase.expression("an identity");
  if (!phrase.end() || node === undefined) return undefined;
  const stated = callersIn(node);
  if (stated === undefined) {
    context.report(finding(identitiesExpected, node.span, { found: context.written(node.span, 60) }));
    return undefined;
  }
  if (stated.length > MOST_CALLERS) {
    context.report(finding(tooManyCallers, node.span, { count: stated.length, most: MOST_CALLERS }));
    return undefined;
  }
  const callers: AcceptedCaller[] = [];
  for (const names of stated) {
    const caller = readCaller(names, context);
    if (caller !== undefined && isNew(caller, names, callers, context)) callers.push(caller);
  }
  return callers.length === 0 ? undefined : { kind: "accept", callers, span: statement.span };
}

/** Undefined after a finding. */
function readCaller(names: CallerNames, context: CheckContext): AcceptedCaller | undefined {
  const caller: string[] = [];
  for (const name of names) {
    const identity = context.resolve("identity", name);
    if (identity === undefined) return undefined;
    if (caller.includes(identity.name)) context.report(finding(acceptedTwice, name.span, { name: name.name }));
    else caller.push(identity.name);
  }
  return caller;
}

/** Whoever has all that `A and B` asks for has what `A` asks for: two ways in for one caller, which would be refused as ambiguous. */
function isNew(caller: AcceptedCaller, names: CallerNames, others: readonly AcceptedCaller[], context: CheckContext): boolean {
  const [name] = names;
  if (name === undefined) return false;
  const holds = (all: AcceptedCaller, part: AcceptedCaller): boolean => part.every((identity) => all.includes(identity));
  const other = others.find((known) => holds(caller, known) || holds(known, caller));
  if (other === undefined) return true;
  if (other.length === 1 && caller.length === 1) context.report(finding(acceptedTwice, name.span, { name: name.name }));
  else {
    const [less, more] = other.length < caller.length ? [other, caller] : [caller, other];
    context.report(finding(callerHoldsAnother, name.span, { less: less.join(" and "), more: more.join(" and ") }));
  }
  return false;
}
