/**
 * A program as it is in one scenario: the stage, what the source says of the environment and who calls are filled in, so that
 * lowering folds them. Parameters of paths are named by their place. Promises: the routes, their order and all sites stay.
 */
import { placedParameter } from "../analyze/diff/route-pairs.ts";
import { mapChildren } from "../model/expression-children.ts";
import { bareType } from "../model/bare-type.ts";
import type { Expr } from "../model/expression.ts";
import type {
  AccessStatement,
  Api,
  Entry,
  Gateway,
  Group,
  Identity,
  Policy,
  Program,
  Route,
  Scope,
  Segment,
  Tags,
} from "../model/program.ts";
import { actingCaller, type Scenario } from "./scenario.ts";

export function specialised(program: Program, scenario: Scenario): Program {
  const { gateway } = program;
  const fill = filler(program, scenario);
  return {
    ...program,
    ...(gateway === undefined ? {} : { gateway: levelIn(gateway, [], scenario, fill) }),
    policies: program.policies.map((policy) => policyIn(policy, fill)),
    entries: program.entries.map((entry) => entryIn(entry, fill)),
    identities: program.identities.map((identity) => identityIn(identity, fill)),
  };
}

type Fill = (expr: Expr) => Expr;

function filler({ environment, entries }: Program, { stage, caller, door }: Scenario): Fill {
  const values = new Map(environment.map(({ name, value }) => [name, value]));
  const listener = entries.find(({ name }) => name === door)?.door;
  const fill: Fill = (expr) => {
    const absent: Expr = { op: "principalField", name: "", identities: [], type: expr.type, span: expr.span };
    switch (expr.op) {
      case "stage":
        return stage === undefined ? expr : { op: "const", value: stage, type: expr.type, span: expr.span };
      case "stageValue": {
        const chosen = stage === undefined ? undefined : expr.values[stage];
        return chosen === undefined ? mapChildren(expr, fill) : fill(chosen);
      }
      case "env": {
        const value = values.get(expr.name);
        return value === undefined || lacksStage(value, stage) ? expr : fill(value);
      }
      case "entryFact":
        if (door === undefined) return absent;
        if (expr.fact === "name") return { op: "const", value: door, type: bareType(expr.type), span: expr.span };
        return listener?.kind === "endpoint" ? expr : absent;
      case "principalField": {
        const identities = expr.identities.filter((identity) => caller.includes(identity));
        return identities.length === expr.identities.length ? expr : { ...expr, identities };
      }
      default:
        return mapChildren(expr, fill);
    }
  };
  return fill;
}

/** A variable that the source leaves open in this stage. */
function lacksStage(value: Expr, stage: string | undefined): boolean {
  return value.op === "stageValue" && (stage === undefined || value.values[stage] === undefined);
}

type Level = Gateway | Api | Group | Route;

function levelIn<Of extends Level>(level: Of, around: readonly Segment[], scenario: Scenario, fill: Fill): Of {
  const at = level.level === "gateway" ? [] : level.at;
  const path = [...around, ...at];
  const fillHere: Fill = (expr) => placedParameters(fill(expr), path);
  const children = level.level === "route" ? {} : { children: level.children.map((child) => levelIn(child, path, scenario, fill)) };
  return {
    ...level,
    ...scopeIn(level, scenario, fillHere),
    ...(level.level === "gateway" ? {} : { at: placedSegments(at, around) }),
    ...children,
  };
}

function scopeIn({ accept, tags, access }: Scope, { stage, caller }: Scenario, fill: Fill): Partial<Scope> {
  const acting = accept && actingCaller(caller, accept);
  return {
    ...(accept === undefined ? {} : { accept: acting === undefined ? [] : [acting] }),
    tags: tagsIn(tags, stage),
    access: access.map((statement) => statementIn(statement, fill)),
  };
}

function tagsIn(tags: Tags, stage: string | undefined): Tags {
  const chosen = Object.entries(tags).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value : value[stage ?? ""];
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.assign(Object.create(null), Object.fromEntries(chosen));
}

function statementIn<Of extends AccessStatement>(statement: Of, fill: Fill): Of {
  switch (statement.kind) {
    case "rule":
      return { ...statement, when: fill(statement.when) };
    case "use":
      return { ...statement, arguments: statement.arguments.map(fill) };
    case "apply":
      return { ...statement, arguments: statement.arguments.map(fill), where: fill(statement.where) };
    case "override":
      return statement.arguments === undefined ? statement : { ...statement, arguments: statement.arguments.map(fill) };
    default:
      return statement;
  }
}

function policyIn(policy: Policy, fill: Fill): Policy {
  return { ...policy, statements: policy.statements.map((statement) => statementIn(statement, fill)) };
}

function entryIn(entry: Entry, fill: Fill): Entry {
  return { ...entry, access: entry.access.map((statement) => statementIn(statement, fill)) };
}

function identityIn(identity: Identity, fill: Fill): Identity {
  if (identity.kind !== "sigv4") return identity;
  const { denied, required } = identity.access;
  const uses = (some: typeof denied): typeof denied => some.map((use) => statementIn(use, fill));
  return { ...identity, access: { denied: uses(denied), required: uses(required) } };
}

function placedSegments(own: readonly Segment[], around: readonly Segment[]): readonly Segment[] {
  return own.map((segment, at) => (segment.kind === "literal" ? segment : { ...segment, name: placedParameter(around.length + at) }));
}

/** A text is a text, whichever type let it in: so two versions ask the same of it. */
function placedParameters(expr: Expr, path: readonly Segment[]): Expr {
  if (expr.op !== "pathParam") return mapChildren(expr, (child) => placedParameters(child, path));
  const at = path.findIndex((segment) => segment.kind !== "literal" && segment.name === expr.name);
  const bare = bareType(expr.type);
  const isText = bare.kind === "string" || (bare.kind === "literals" && bare.values.every((value) => typeof value === "string"));
  const isNumber = bare.kind === "int" || (bare.kind === "literals" && !isText);
  return { ...expr, name: placedParameter(at), type: isText ? { kind: "string" } : isNumber ? { kind: "int" } : bare };
}
