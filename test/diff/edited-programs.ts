/** Two versions of a generated program: the second is the first with one thing changed, as a person would change it. */
import fc from "fast-check";
import type { Expr } from "../../compiler/model/expression.ts";
import type { AccessStatement, Api, Claim, Gateway, Group, Program, Route, Rule } from "../../compiler/model/program.ts";
import type { Type } from "../../compiler/model/types.ts";
import { anyCondition, anyProgram } from "../lower/generators.ts";
import { INT, SPAN, STRING, BOOL, optional } from "../lower/expressions.ts";
import { route } from "../lower/program-builder.ts";

export type Edited = { readonly before: Program; readonly after: Program };
type Level = Gateway | Api | Group | Route;

const BODY: Type = { kind: "record", fields: [{ name: "amount", type: INT }] };

const claim = (name: string, type: Type): Claim => ({ claim: name, name, type, span: SPAN });
const GROUPS = claim("groups", { kind: "set", element: STRING });
const CLAIMS: Readonly<Record<string, readonly Claim[]>> = {
  Customer: [claim("role", optional(STRING)), GROUPS, claim("level", INT), claim("mfa", BOOL)],
  Service: [claim("role", optional(STRING)), GROUPS],
  Legacy: [GROUPS],
};

/** What the interpreter needs to start it, and that bodies are read. */
function whole(program: Program): Program {
  const { gateway } = program;
  return {
    ...program,
    secrets: [{ name: "KEY", kind: "string", span: SPAN }],
    identities: program.identities.map((one) => ({
      ...one,
      claims: CLAIMS[one.name] ?? [],
      headers: one.name === "Customer" ? [] : [`x-${one.name.toLowerCase()}`],
    })),
    ...(gateway === undefined
      ? {}
      : { gateway: changed(gateway, (level) => (level.level === "route" ? { ...level, body: BODY } : level)) }),
  };
}

export const anyWholeProgram: fc.Arbitrary<Program> = anyProgram.map(whole);

/** Each level changed, from the inside out. */
function changed<Of extends Level>(level: Of, change: <One extends Level>(level: One) => One): Of {
  return change(level.level === "route" ? level : { ...level, children: level.children.map((child) => changed(child, change)) });
}

function levelsOf(level: Level): readonly Level[] {
  return level.level === "route" ? [level] : [level, ...level.children.flatMap(levelsOf)];
}

function withGateway(program: Program, change: (gateway: Gateway) => Gateway): Program {
  return program.gateway === undefined ? program : { ...program, gateway: change(program.gateway) };
}

/** A new statement at the level that is the `at`th, as far as there are so many. */
export function stating(
  program: Program,
  at: number,
  effect: Rule["effect"],
  when: Expr,
  isFit: (level: Level) => boolean = () => true,
): Program {
  const levels = program.gateway === undefined ? [] : levelsOf(program.gateway).filter(isFit);
  const chosen = levels[at % Math.max(1, levels.length)];
  if (chosen === undefined) return program;
  const site = program.sites.length;
  const rule: Rule = { kind: "rule", site, effect, when };
  const sites = [
    ...program.sites,
    { kind: "rule" as const, label: `new ${effect}`, span: { file: "test.gwl", start: site * 10, end: site * 10 + 9 } },
  ];
  return { ...withGateway(program, (gateway) => rewritten(gateway, chosen, (access) => [...access, rule])), sites };
}

function rewritten(gateway: Gateway, chosen: Level, change: (access: readonly AccessStatement[]) => readonly AccessStatement[]): Gateway {
  const visit = <Of extends Level>(level: Of): Of => {
    const inside = level.level === "route" ? level : { ...level, children: level.children.map(visit) };
    return (level === chosen ? { ...inside, access: change(level.access) } : inside) as Of;
  };
  return visit(gateway);
}

function without(program: Program, at: number): Program {
  const levels = program.gateway === undefined ? [] : levelsOf(program.gateway).filter(({ access }) => access.length > 0);
  const chosen = levels[at % Math.max(1, levels.length)];
  if (chosen === undefined) return program;
  return withGateway(program, (gateway) =>
    rewritten(gateway, chosen, (access) => access.filter((_, place) => place !== at % access.length)),
  );
}

function widened(program: Program, cidrs: readonly string[]): Program {
  return { ...program, networks: program.networks.map((network) => (network.name === "office" ? { ...network, cidrs } : network)) };
}

/** One more route, which may take calls of those that are there. */
function routed(program: Program, key: string, when: Expr): Program {
  const site = program.sites.length;
  const sites = [
    ...program.sites,
    { kind: "rule" as const, label: "allow of a new route", span: { file: "test.gwl", start: site * 10, end: site * 10 + 9 } },
  ];
  const added = { ...route(key, { accept: [["Customer"]], access: [{ kind: "rule", site, effect: "allow", when }] }), body: BODY };
  return { ...withGateway(program, (gateway) => ({ ...gateway, children: [...gateway.children, added] })), sites };
}

const anyChange: fc.Arbitrary<(program: Program) => Program> = fc.oneof(
  fc.tuple(fc.nat(9), fc.constantFrom("allow" as const, "deny" as const, "require" as const), anyCondition).map(
    ([at, effect, when]) =>
      (program: Program) =>
        stating(program, at, effect, when),
  ),
  fc.nat(9).map((at) => (program: Program) => without(program, at)),
  fc
    .constantFrom(["10.0.0.0/23", "2001:db8::/32"], ["10.0.0.0/25"], ["10.0.0.0/24", "2001:db8::/31"], ["0.0.0.0/1"])
    .map((cidrs) => (program: Program) => widened(program, cidrs)),
  fc.tuple(fc.constantFrom("GET /shop/{any}", "ANY /{first}/{second}", "POST /shop/r0", "ANY /r2"), anyCondition).map(
    ([key, when]) =>
      (program: Program) =>
        routed(program, key, when),
  ),
);

export const anyEdit: fc.Arbitrary<Edited> = fc
  .tuple(anyWholeProgram, anyChange, fc.boolean())
  .map(([program, change, isBack]) => (isBack ? { before: change(program), after: program } : { before: program, after: change(program) }));
