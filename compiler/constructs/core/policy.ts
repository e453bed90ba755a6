/**
 * `policy NAME(PARAMETER: TYPE = DEFAULT) { rules }`: rules that other places use by name. Promises: a policy reads the
 * request and the caller, never a body or a path, since it holds for many routes; what those have to say comes as an argument.
 */
import type { Argument, Call } from "../../../grammar/ast.ts";
import { defineError, defineWarning, finding } from "../../../grammar/source/diagnostic.ts";
import { RESERVED_VALUES } from "../../bind/name-rules.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import type { Shape } from "../../check/expressions/place.ts";
import { readType } from "../../check/types/read-type.ts";
import type { Policy, Rule, Use } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase, readTerms } from "../phrase-reader.ts";
import { piecesOf } from "../piece.ts";

export const reservedParameter = defineError<{ name: string; reads: string }>({
  code: "GWL3610",
  name: "reserved-parameter",
  message: ({ name }) => `a parameter cannot be called \`${name}\``,
  help: ({ name, reads }) => `\`${name}\` means ${reads} in every rule; choose another name`,
});

export const unusedParameter = defineWarning<{ name: string; policy: string }>({
  code: "GWL3611",
  name: "unused-parameter",
  tags: ["unused"],
  message: ({ name, policy }) => `\`${policy}\` never reads its parameter \`${name}\``,
  help: () => "remove it here and where the policy is used, or read it in a rule",
});

export const emptyPolicy = defineWarning<{ policy: string }>({
  code: "GWL3612",
  name: "empty-policy",
  message: ({ policy }) => `\`${policy}\` says nothing`,
  help: () => "a policy without rules changes no decision; write one, or remove the policy",
});

export const duplicateParameter = defineError<{ name: string }>({
  code: "GWL3613",
  name: "duplicate-policy-parameter",
  message: ({ name }) => `the policy has two parameters \`${name}\``,
  help: () => "give each parameter a name of its own",
});

export const POLICY_DIAGNOSTICS = [duplicateParameter, reservedParameter, unusedParameter, emptyPolicy] as const;

export const policy: DeclarationConstruct<"policy"> = {
  kind: "declaration",
  words: ["policy"],
  within: ["file"],
  summary: "rules with a name and parameters, for many places to use",
  written: ["policy NAME { ... }", "policy NAME(PARAMETER: TYPE = DEFAULT, ...) overridable { ... }"],
  declares: "policy",
  mean: readPolicy,
};

type Parameter = Policy["parameters"][number] & { readonly shape: Shape };

function readPolicy({ statement, name, file }: Declaration, context: CheckContext): Policy | undefined {
  const phrase = readPhrase(statement, policy, context);
  const call = phrase.peek()?.kind === "call" ? phrase.call("a name") : undefined;
  if (call === undefined) phrase.name("a name");
  const overridable = phrase.takes("overridable");
  const block = phrase.block("its rules in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const parameters = readParameters(call, context);
  const shapes = parameters.map(({ shape }) => shape);
  const pieces = context.statements(block, "policy", aroundPolicy(context, shapes));
  const statements = piecesOf(pieces, "access").flatMap(({ statement: rule }): readonly (Rule | Use)[] =>
    rule.kind === "rule" || rule.kind === "use" ? [rule] : [],
  );
  if (block.entries.length === 0) context.report(finding(emptyPolicy, name.span, { policy: name.name }));
  if (statements.length === block.entries.length) reportUnread(name.name, shapes, context);
  return {
    name: name.name,
    parameters: parameters.map(({ shape: _shape, ...parameter }) => parameter),
    overridable,
    statements,
    ...(statement.doc !== undefined && { doc: statement.doc }),
    span: { file, start: statement.span.start, end: name.span.end },
  };
}

function aroundPolicy(context: CheckContext, parameters: readonly Shape[]): Around {
  const identities = context.declared("identity").map((declaration) => [declaration.name.name]);
  return {
    reads: {
      kind: "request",
      principal: identities.length === 0 ? { missing: "no identity is declared" } : { callers: identities },
      body: { missing: "a policy is used by many routes" },
      parameters: { missing: "a policy is used by many routes" },
    },
    parameters,
    path: [],
  };
}

function readParameters(call: Call | undefined, context: CheckContext): readonly Parameter[] {
  const seen = new Map<string, Shape>();
  return (call?.arguments ?? []).flatMap((argument) => {
    const parameter = readParameter(argument, context);
    if (parameter === undefined) return [];
    const { name, shape } = parameter;
    const first = seen.get(name)?.declared;
    if (first !== undefined) {
      context.report(finding(duplicateParameter, argument.name?.span ?? argument.span, { name }, [{ span: first, message: "first here" }]));
      return [];
    }
    seen.set(name, shape);
    return [parameter];
  });
}

const FORM = { written: ["PARAMETER: TYPE", "PARAMETER: TYPE = DEFAULT"] };

function readParameter({ name, value, span }: Argument, context: CheckContext): Parameter | undefined {
  const phrase = readTerms(value.terms, { word: name?.name ?? "a parameter", end: span, ...FORM }, context);
  if (name === undefined) {
    phrase.refuse("a name and a type");
    return undefined;
  }
  const reads = RESERVED_VALUES.get(name.name);
  if (reads !== undefined) context.report(finding(reservedParameter, name.span, { name: name.name, reads }));
  const typeTerms = phrase.until("=");
  const terms = phrase.takesMark("=") ? phrase.value("a default") : undefined;
  phrase.end();
  const type = readType(typeTerms, span, context.types(span.file), context.report);
  const place = context.place(span.file, { kind: "nothing", what: "the default of a parameter" });
  const shape: Shape = { name: name.name, type, declared: name.span };
  return { name: name.name, type, shape, ...(terms && { value: checkValue({ terms, span }, place, context.report, type) }) };
}

function reportUnread(owner: string, shapes: readonly Shape[], context: CheckContext): void {
  for (const shape of shapes) {
    if (context.wasRead(shape) || shape.declared === undefined) continue;
    context.report(finding(unusedParameter, shape.declared, { name: shape.name, policy: owner }));
  }
}
