/**
 * What the IAM policies of callers come to, as rules of the gateway (D145): each statement that denies is a deny of its own with its place in
 * the file, wherever the caller calls; one requirement holds that the caller's policies allow, its boundary and its session policies as well.
 * They narrow: what lets a caller in is an allow of GWL, or of a resource policy.
 */
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { PolicyFile } from "../../../model/iam.ts";
import type { SigV4Caller } from "../../../model/principals.ts";
import type { CallerAccess, Rule, Use } from "../../../model/program.ts";
import type { Type } from "../../../model/types.ts";
import { headersRead } from "../../access/iam/headers-read.ts";

const BOOL: Type = { kind: "bool" };
const ARN: Type = { kind: "arn" };

export const NO_ACCESS: CallerAccess = { denied: [], required: [] };

/** `files` by number. None where the file has no policies: then IAM has no say. */
export function policyRules(
  identity: string,
  callers: readonly SigV4Caller[],
  files: ReadonlyMap<number, PolicyFile>,
  span: Span,
  context: CheckContext,
): CallerAccess {
  if (files.size === 0) return NO_ACCESS;
  const build = builder(identity, callers, span);
  const denies = [...files].flatMap(([number, file]) => {
    const holders = callers.filter(({ policies }) => all(policies).includes(number));
    return holders.length === 0 ? [] : denyRules(number, file, build.isOneOf(holders), context);
  });
  const site = context.site({ kind: "rule", span, label: `IAM policies of ${identity}` });
  const isAnother: Expr = { op: "not", operand: { op: "isIdentity", identity, type: BOOL, span }, type: BOOL, span };
  const allowed = build.every([
    build.allowedBy(files, "identity"),
    build.narrowedBy(files, "boundary"),
    build.narrowedBy(files, "session"),
  ]);
  const required: Rule = { kind: "rule", site, effect: "require", when: build.some([isAnother, allowed]) };
  const useOf = (statements: readonly Rule[], overridable: boolean): Use => {
    const policy = context.namelessPolicy({ parameters: [], overridable, statements, span });
    return { kind: "use", site: context.site({ kind: "use", span }), policy, arguments: [] };
  };
  return { denied: denies.length === 0 ? [] : [useOf(denies, false)], required: [useOf([required], true)] };
}

function all({ identity, boundary, session = [] }: SigV4Caller["policies"]): readonly number[] {
  return boundary === undefined ? [...identity, ...session] : [...identity, boundary, ...session];
}

function denyRules(number: number, file: PolicyFile, isHolder: Expr, context: CheckContext): readonly Rule[] {
  return file.document.statements.flatMap(({ effect, sid }, statement): readonly Rule[] => {
    if (effect !== "deny") return [];
    const span = file.places[statement]?.span ?? file.span;
    const because = sid === undefined ? {} : { because: sid };
    const site = context.site({ kind: "rule", span, label: sid ?? `statement ${statement + 1}`, ...because });
    const when: Expr = { op: "and", operands: [isHolder, applies(number, file, statement)], type: BOOL, span };
    return [{ kind: "rule", site, effect: "deny", when, ...because }];
  });
}

function applies(document: number, file: PolicyFile, statement: number): Expr {
  const span = file.places[statement]?.span ?? file.span;
  const type: Type = { kind: "set", element: { kind: "int" } };
  const collection: Expr = { op: "applyingStatements", document, asksCaller: true, headers: headersRead(file.document), type, span };
  return { op: "in", element: { op: "const", value: statement, type: { kind: "int" }, span }, collection, type: BOOL, span };
}

type Role = "identity" | "boundary" | "session";
type Builder = {
  readonly some: (operands: readonly Expr[]) => Expr;
  readonly every: (operands: readonly Expr[]) => Expr;
  readonly isOneOf: (callers: readonly SigV4Caller[]) => Expr;
  /** That some policy which the caller has in this role allows. */
  readonly allowedBy: (files: ReadonlyMap<number, PolicyFile>, role: Role) => Expr;
  /** The same, or that it has none in this role. */
  readonly narrowedBy: (files: ReadonlyMap<number, PolicyFile>, role: Role) => Expr;
};

function builder(identity: string, callers: readonly SigV4Caller[], span: Span): Builder {
  const constant = (value: boolean): Expr => ({ op: "const", value, type: BOOL, span });
  const junction = (op: "and" | "or", operands: readonly Expr[]): Expr => {
    const [only = constant(op === "and"), ...more] = operands;
    return more.length === 0 ? only : { op, operands: [only, ...more], type: BOOL, span };
  };
  const some: Builder["some"] = (operands) => junction("or", operands);
  const every: Builder["every"] = (operands) => junction("and", operands);
  const isOneOf: Builder["isOneOf"] = (wanted) => {
    const element: Expr = { op: "principalField", name: "arn", identities: [identity], type: ARN, span };
    const collection: Expr = { op: "const", value: wanted.map(({ arn }) => arn), type: { kind: "set", element: ARN }, span };
    return { op: "in", element, collection, type: BOOL, span };
  };
  const allowedBy: Builder["allowedBy"] = (files, role) =>
    some(
      [...files].flatMap(([number, file]) => {
        const holders = callers.filter(({ policies }) => held(policies, role)?.includes(number));
        const allows = file.document.statements.flatMap(({ effect }, at) => (effect === "allow" ? [applies(number, file, at)] : []));
        return holders.length === 0 || allows.length === 0 ? [] : [every([isOneOf(holders), some(allows)])];
      }),
    );
  const narrowedBy: Builder["narrowedBy"] = (files, role) => {
    const narrowed = callers.filter(({ policies }) => held(policies, role) !== undefined);
    if (narrowed.length === 0) return constant(true);
    return some([{ op: "not", operand: isOneOf(narrowed), type: BOOL, span }, allowedBy(files, role)]);
  };
  return { some, every, isOneOf, allowedBy, narrowedBy };
}

function held({ identity, boundary, session }: SigV4Caller["policies"], role: Role): readonly number[] | undefined {
  switch (role) {
    case "identity":
      return identity;
    case "boundary":
      return boundary === undefined ? undefined : [boundary];
    case "session":
      return session;
    default:
      return role satisfies never;
  }
}
