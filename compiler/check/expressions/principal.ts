/** The caller: who it is, and what its identity says of it. */
import type { Is, Member, NameNode } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import type { AcceptedCaller } from "../../model/program.ts";
import { didYouMean } from "../did-you-mean.ts";
import { sameType, shortType } from "../types/print-type.ts";
import { BOOL, type Context, declaredValue, poison, refuse, STRING } from "./context.ts";
import { declaredAt } from "./describe.ts";
import {
  claimNotShared,
  claimOfIdentity,
  claimTypesDiffer,
  identityNotAccepted,
  identityNotSure,
  isNeedsPrincipal,
  neverIdentity,
  noCaller,
  nobodyLeft,
  unknownClaim,
  unknownIdentity,
} from "./name.diagnostics.ts";
import type { IdentityShape, Shape } from "./place.ts";
import { unreadable } from "./readable.ts";

/** `principal is NAME` */
export function inferIs(node: Is, context: Context): Expr {
  const subject = node.subject;
  if (subject.kind !== "name" || subject.name !== "principal" || declaredValue(subject, context) !== undefined)
    return refuse(context, isNeedsPrincipal, subject.span, {});
  const { name } = node.name;
  const identity = context.place.identities.find((known) => known.name === name);
  if (identity === undefined && name !== "known") {
    const known = context.place.identities.map((other) => other.name);
    return refuse(context, unknownIdentity, node.name.span, { name, meant: didYouMean(name, [...known, "known"]), known });
  }
  if (identity !== undefined) context.place.mark?.("identity", node.name);
  const refused = unreadable("principal", "request", node.span, context) ?? withoutCaller(node.span, context);
  if (refused !== undefined) return refused;
  return identity === undefined ? { op: "isKnown", type: BOOL, span: node.span } : isIdentity(node, identity, context);
}

function isIdentity(node: Is, { name, declared }: IdentityShape, context: Context): Expr {
  const accepted = identitiesOf(acceptedCallers(context));
  const related = declaredAt(declared, `\`${name}\` is declared here`);
  if (!accepted.includes(name)) return refuse(context, identityNotAccepted, node.span, { name, accepted }, related);
  const left = identitiesOf(context.facts.callers);
  if (!left.includes(name)) return refuse(context, neverIdentity, node.span, { name, left });
  return { op: "isIdentity", identity: name, type: BOOL, span: node.span };
}

function withoutCaller(span: Span, context: Context): Expr | undefined {
  const { reads } = context.place;
  if (reads.kind !== "request" || "callers" in reads.principal) return undefined;
  return refuse(context, noCaller, span, { why: reads.principal.missing }, declaredAt(reads.principal.declared, "because of this"));
}

function acceptedCallers(context: Context): readonly AcceptedCaller[] {
  const { reads } = context.place;
  return reads.kind === "request" && "callers" in reads.principal ? reads.principal.callers : [];
}

function identitiesOf(callers: readonly AcceptedCaller[]): readonly string[] {
  return [...new Set(callers.flat())];
}

/** `principal.name`. INVARIANT: requests may be read here. */
export function inferPrincipalMember(node: Member, context: Context): Expr {
  const { name } = node.name;
  const refused = withoutCaller(node.span, context);
  if (refused !== undefined) return refused;
  if (name === "id") return { op: "principalId", type: STRING, span: node.span };
  const { callers } = context.facts;
  if (callers.length === 0) return refuse(context, nobodyLeft, node.span, { name });
  const known = identitiesOf(callers);
  const possible = context.place.identities.filter((identity) => known.includes(identity.name));
  const owners = possible.filter((identity) => fieldOf(identity, name).length > 0);
  const found = owners.flatMap((identity) => fieldOf(identity, name));
  const [first] = found;
  if (first === undefined) return unknown(node, possible, context);
  const names = owners.map((identity) => identity.name);
  if (!callers.every((caller) => caller.some((identity) => names.includes(identity)))) return notShared(node, possible, context);
  if (found.every((field) => sameType(field.type, first.type)))
    return { op: "principalField", name, identities: names, type: first.type, span: node.span };
  if (found.some((field) => field.type.kind === "poison")) return poison(node.span);
  const types = [...new Set(found.map((field) => shortType(field.type)))];
  return refuse(context, claimTypesDiffer, node.span, { name, types }, declarations(found));
}

/** `principal.IDENTITY.name`, of a caller that has this identity; undefined where `owner` is none. INVARIANT: requests may be read here. */
export function inferIdentityMember(owner: NameNode, node: Member, context: Context): Expr | undefined {
  const identity = context.place.identities.find((known) => known.name === owner.name);
  if (identity === undefined) return undefined;
  const refused = withoutCaller(node.span, context);
  if (refused !== undefined) return refused;
  context.place.mark?.("identity", owner);
  const { callers } = context.facts;
  if (callers.length === 0 || !callers.every((caller) => caller.includes(identity.name)))
    return refuse(context, identityNotSure, owner.span, { name: identity.name, accepted: callers.map((caller) => caller.join(" and ")) });
  const { name } = node.name;
  if (name === "id") return { op: "principalId", of: identity.name, type: STRING, span: node.span };
  const [field] = fieldOf(identity, name);
  if (field === undefined) return unknown(node, [identity], context);
  return { op: "principalField", name, identities: [identity.name], of: identity.name, type: field.type, span: node.span };
}

function fieldOf(identity: IdentityShape, name: string): readonly Shape[] {
  return identity.fields.filter((field) => field.name === name);
}

function declarations(fields: readonly Shape[]): ReturnType<typeof declaredAt> {
  return fields.flatMap((field) => declaredAt(field.declared, `is \`${shortType(field.type)}\` here`));
}

function unknown(node: Member, possible: readonly IdentityShape[], context: Context): Expr {
  const { name, span } = node.name;
  if (context.place.identities.some((identity) => identity.name === name))
    return refuse(context, claimOfIdentity, span, { identity: name });
  const known = ["id", ...new Set(possible.flatMap((identity) => identity.fields.map((field) => field.name)))];
  const holes = { name, identities: possible.map((identity) => identity.name), meant: didYouMean(name, known), known };
  const [only, ...others] = possible;
  const related = only !== undefined && others.length === 0 ? declaredAt(only.declared, `\`${only.name}\` is declared here`) : [];
  return refuse(context, unknownClaim, span, holes, related);
}

function notShared(node: Member, possible: readonly IdentityShape[], context: Context): Expr {
  const { name } = node.name;
  const owners = possible.filter((identity) => fieldOf(identity, name).length > 0);
  const others = possible.filter((identity) => fieldOf(identity, name).length === 0);
  const related = others.flatMap((identity) => declaredAt(identity.declared, `\`${identity.name}\` has no \`${name}\``));
  const names = (identities: readonly IdentityShape[]): readonly string[] => identities.map((identity) => identity.name);
  const seen = (other: string): boolean => context.place.names.lookup({ kind: "name", name: other, span: node.span }) !== undefined;
  const hidden = names(others).filter((other) => !seen(other));
  return refuse(context, claimNotShared, node.span, { name, owners: names(owners), others: names(others), hidden }, related);
}
