/** A policy named with its arguments, as in `inside(office)`. Promises: one expression for each parameter, in order, defaults filled in. */
import type { Argument, Call, NameNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import type { Place } from "../../check/expressions/place.ts";
import { printType } from "../../check/types/print-type.ts";
import type { Expr } from "../../model/expression.ts";
import type { Policy } from "../../model/program.ts";
import type { PhraseReader } from "../phrase-reader.ts";
import { leadingName } from "../terms.ts";
import { argumentTwice, missingArgument, tooManyArguments, unknownParameter, useTooLarge } from "./access.diagnostics.ts";
import { HEAVIEST_USE, useWeight } from "./policy-weight.ts";

/** As written: `arguments` are undefined where there are no parentheses. */
export type PolicyCall = { readonly name: NameNode; readonly arguments: readonly Argument[] | undefined; readonly span: Span };

/** The next term as a policy; reported if it is none. */
export function takePolicy(phrase: PhraseReader): PolicyCall | undefined {
  const next = phrase.peek();
  const name = leadingName(next);
  if (name === undefined) {
    phrase.refuse("a policy, as in `inside(office)`");
    return undefined;
  }
  const call: Call | undefined = next?.kind === "call" ? phrase.call("a policy") : undefined;
  if (call === undefined) phrase.name("a policy");
  return { name, arguments: call?.arguments, span: call?.span ?? name.span };
}

/** Undefined after a finding. */
export function policyArguments(call: PolicyCall, policy: Policy, place: Place, context: CheckContext): readonly Expr[] | undefined {
  const given = assigned(call, policy, context);
  if (given === undefined) return undefined;
  const values = policy.parameters.map((parameter) => {
    const argument = given.get(parameter.name);
    if (argument !== undefined) return checkValue(argument.value, place, context.report, parameter.type);
    if (parameter.value === undefined) {
      const holes = { policy: policy.name, parameter: parameter.name, type: printType(parameter.type) };
      context.report(finding(missingArgument, call.span, holes, [{ span: policy.span, message: "declared here" }]));
    }
    return parameter.value;
  });
  const good = values.filter((value): value is Expr => value !== undefined && value.type.kind !== "poison");
  if (good.length !== values.length) return undefined;
  if (useWeight(context)(policy, good) <= HEAVIEST_USE) return good;
  context.report(finding(useTooLarge, call.span, { policy: policy.name, most: HEAVIEST_USE.toLocaleString("en") }));
  return undefined;
}

/** Which argument goes to which parameter: those without a name in order, the others by name. */
function assigned(call: PolicyCall, policy: Policy, context: CheckContext): ReadonlyMap<string, Argument> | undefined {
  const known = policy.parameters.map((parameter) => parameter.name);
  const related = [{ span: policy.span, message: "declared here" }];
  const given = new Map<string, Argument>();
  for (const [at, argument] of (call.arguments ?? []).entries()) {
    const name = argument.name?.name ?? known[at];
    if (name === undefined) {
      context.report(finding(tooManyArguments, argument.span, { policy: policy.name, takes: known.length }, related));
      return undefined;
    }
    if (!known.includes(name)) {
      const span = argument.name?.span ?? argument.span;
      context.report(finding(unknownParameter, span, { policy: policy.name, name, meant: didYouMean(name, known), known }, related));
      return undefined;
    }
    if (given.has(name)) {
      context.report(finding(argumentTwice, argument.span, { name }));
      return undefined;
    }
    given.set(name, argument);
  }
  return given;
}
