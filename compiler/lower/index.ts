/**
 * Lowering: the checked program, where meaning follows nesting, becomes the IR, where it is tables and one decision diagram.
 * Promises: pure, deterministic, in time that grows with what the program says. Knows no emission.
 */
import type { Expr } from "../model/expression.ts";
import { expressionKeys } from "../model/expression-key.ts";
import type { AddressClasses, Ir } from "../model/ir.ts";
import { type PlacedRoute, placedRoutes } from "../model/placed-route.ts";
import type { Gateway, Program } from "../model/program.ts";
import { atOnce, each, type Steps } from "../model/steps.ts";
import type { Tables } from "./access-parts.ts";
import { type AtomTable, atomTable } from "./atoms.ts";
import { type CellTable, cellTable } from "./cell-table.ts";
import { classPartitions } from "./class-partition.ts";
import { compact } from "./compact.ts";
import { fittingClasses, MOST_CELLS } from "./fitting-classes.ts";
import { tableDemand } from "./table-size.ts";
import { irEntry, lowerEntries } from "./entries.ts";
import { conditionDiagrams } from "./condition-diagrams.ts";
import { lowerRoute, type UncelledRoute } from "./lower-route.ts";
import { atomMaker } from "./make-atoms.ts";
import { residualMerger } from "./merge-residuals.ts";
import { type NetworkTable, networkTable } from "./network-table.ts";
import { type NodeTable, nodeTable } from "./node-table.ts";
import { type Columns, partColumns } from "./part-nodes.ts";
import { type RouteAccess, routeAccess } from "./route-access.ts";
import { ruleTable } from "./rule-table.ts";
import { statementConditions } from "./statement-conditions.ts";
import { withShaping } from "./shaping.ts";
import { withVersions } from "./versions.ts";
import { irPlans } from "./plans.ts";
import { type LimitTable, limitTable } from "./traffic.ts";
import { networkLabels, trustConditions, trustedClasses } from "./trusted-classes.ts";

export { printIr } from "./print-ir.ts";

/** Of a program that has a gateway; one without has nothing to lower and is our own mistake to ask for. `mostCells`: for tests. */
export function lower(program: Program, mostCells = MOST_CELLS): Ir {
  return atOnce(lowerInSteps(program, mostCells));
}

export function* lowerInSteps(program: Program, mostCells = MOST_CELLS): Steps<Ir> {
  const { gateway } = program;
  if (gateway === undefined) throw new Error("lowering needs a program with a gateway");
  return withVersions(withShaping(yield* lowerDecisions(program, gateway, mostCells), gateway), gateway);
}

function* lowerDecisions(program: Program, gateway: Gateway, mostCells: number): Steps<Ir> {
  const atoms = atomTable();
  const placedAll = placedRoutes(gateway);
  const tables = tablesOf(program, atoms, placedAll);
  let ids = 0;
  const nextId = (): number => ids++;
  const entries = lowerEntries(program, tables, tables.networks, nextId);
  const accessOf = routeAccess(
    program,
    tables,
    entries.map(({ access }) => access),
    nextId,
  );
  const limits = limitTable();
  const routes = yield* each(placedAll, (placed) => {
    const access = accessOf(placed);
    return { access, route: lowerRoute(placed, access, program, { networks: tables.networks, limits }) };
  });
  const trust = trusted(gateway, tables.networks);
  const accesses = routes.map(({ access }) => access);
  const demand = tableDemand(accesses, atoms);
  yield;
  const lists = program.networks.flatMap(({ name, reload }) => (reload === undefined ? [] : [{ name, ...reload }]));
  const { classes, lone, limit } = fittingClasses(tables.networks.inUse(), {
    demand,
    needed: networkLabels([...Object.values(trust).flat(), ...entries.flatMap(({ balancers }) => balancers)]),
    reloaded: new Set(lists.map(({ name }) => name)),
    most: mostCells,
  });
  yield;
  atoms.askAlone(lone);
  const nodes = nodeTable(tables.keyOf);
  const { columns, cells } = yield* decisions(accesses, classes, atoms, nodes, tables);
  const celled = yield* each(routes, (lowered) => withCells(lowered, columns, cells));
  return {
    name: gateway.name,
    inputs: program.inputs,
    stages: program.stages,
    environment: program.environment,
    secrets: program.secrets.map(({ name }) => name),
    identities: program.identities,
    backends: program.backends,
    settings: settingsOf(gateway, trust, classes),
    entries: entries.map((entry) => irEntry(entry, classes)),
    routes: celled,
    classes,
    ...(lists.length === 0 ? {} : { lists }),
    ...(limit === undefined ? {} : { tableLimit: limit }),
    ...compact(cells.cells, nodes),
    rules: tables.rules.rules(),
    documents: tables.statements.documents(),
    ...plansOf(program, limits),
    ...(limits.limits().length === 0 ? {} : { traffic: limits.limits() }),
    ...(program.releases === undefined ? {} : { releases: program.releases }),
  };
}

/** Before the limits are listed: plans have some of their own. */
function plansOf(program: Program, limits: LimitTable): Pick<Ir, "plans" | "stores"> {
  const plans = irPlans(program, limits);
  const { stores } = program;
  return { ...(plans === undefined ? {} : { plans }), ...(stores === undefined ? {} : { stores }) };
}

function tablesOf(program: Program, atoms: AtomTable, routes: readonly PlacedRoute[]): Tables {
  const keyOf = expressionKeys();
  const areAlone = routes.every(({ accept }) => accept.every((caller) => caller.length === 1));
  const hasEndpoints = program.entries.some(({ door }) => door.kind === "endpoint");
  return {
    keyOf,
    networks: networkTable(program.networks),
    atoms: atomMaker(atoms, keyOf, areAlone),
    rules: ruleTable(program),
    statements: statementConditions(program.documents, hasEndpoints),
  };
}

type Lowered = { readonly access: RouteAccess; readonly route: UncelledRoute };

/** The row of the route's own rules, and that of each entry's policy. */
function withCells({ access, route }: Lowered, columns: Columns, cells: CellTable): Ir["routes"][number] {
  const { denies, allows, entries } = access;
  const asksBody = allows.some((part) => part.entries.some(({ phase }) => phase === "body"));
  const entryCells = entries.map((parts) => cells.entryRow(columns([parts.denies]), columns([parts.allows])));
  return { ...route, cellOfClass: cells.row(columns(denies), columns(allows), asksBody), entryCells };
}

function* decisions(
  accesses: readonly RouteAccess[],
  classes: AddressClasses,
  atoms: AtomTable,
  nodes: NodeTable,
  { keyOf }: Tables,
): Steps<{ readonly columns: Columns; readonly cells: CellTable }> {
  const parts = accesses.flatMap(({ denies, allows, entries }) => [
    ...denies,
    ...allows,
    ...entries.flatMap((entry) => [entry.denies, entry.allows]),
  ]);
  const entries = parts.flatMap((part) => part.entries);
  const conditions = yield* conditionDiagrams(atoms, entries);
  const partitions = classPartitions(classes);
  const merge = residualMerger(conditions, nodes, keyOf);
  return { columns: partColumns({ conditions, partitions, nodes, merge }), cells: cellTable(partitions, nodes) };
}

type Trust = { readonly proxies: readonly Expr[]; readonly requestIds: readonly Expr[]; readonly traces: readonly Expr[] };

function trusted({ trustProxies, trustRequestIds = [], trustTraces = [] }: Gateway, networks: NetworkTable): Trust {
  return {
    proxies: trustConditions(trustProxies, networks),
    requestIds: trustConditions(trustRequestIds, networks),
    traces: trustConditions(trustTraces, networks),
  };
}

function settingsOf(gateway: Gateway, trust: Trust, classes: AddressClasses): Ir["settings"] {
  const { listen, http2, hosts, limits, paths, explainRefusals, arn, observe } = gateway;
  return {
    ...(listen === undefined ? {} : { listen }),
    ...(http2 === undefined ? {} : { http2 }),
    hosts,
    trustedClasses: trustedClasses(trust.proxies, classes),
    ...(trust.requestIds.length === 0 ? {} : { requestIdClasses: trustedClasses(trust.requestIds, classes) }),
    ...(trust.traces.length === 0 ? {} : { traceClasses: trustedClasses(trust.traces, classes) }),
    limits,
    paths,
    explainRefusals,
    ...(arn === undefined ? {} : { arn }),
    ...(observe === undefined ? {} : { observe }),
  };
}
