/**
 * The IR as a program: `handler.ts`, specialised and readable, which holds numbers and code only, and `tables.bin`, which holds
 * every text and table. Promises the same output for the same IR, and that no text of the user is in the handler but in comments.
 */
import type { SourceFile } from "../../grammar/source/span.ts";
import type { EmittedModule } from "../model/emitted.ts";
import type { Ir } from "../model/ir.ts";
import { code, ownWord } from "./code.ts";
import { comment } from "./comment.ts";
import { dataPool, type PoolContents } from "./data-pool.ts";
import { functionWriter } from "./functions.ts";
import { backendKindsOf } from "./backends/index.ts";
import { kindsOf } from "./identities/index.ts";
import { withKeyedTests } from "./keyed-tests.ts";
import { type LookupNumbers, lookupNumbers } from "./lookup-numbers.ts";
import { networkClasses } from "./network-classes.ts";
import { namesCode, observeCode } from "./observe.ts";
import { placesIn, ruleLabels } from "./place.ts";
import { printModule } from "./print-module.ts";
import { routeCode } from "./route-code.ts";
import { routeTree } from "./route-tree.ts";
import { startCode } from "./start-code.ts";
import { ofCall, ofStart, type Surroundings } from "./surroundings.ts";
import { routeTable, tableData, writtenRoute } from "./table-data.ts";
import { type TableFile, writeTables } from "./table-file.ts";
import { tableNumbers } from "./table-numbers.ts";
import { bodyValidators } from "./validators.ts";
import { vocabulary } from "./vocabulary.ts";

/** `sources` turn places into lines, for comments only; a file that is not there counts as one line. */
export function emit(given: Ir, sources: ReadonlyMap<string, SourceFile>): EmittedModule {
  const ir = withKeyedTests(given);
  const lookups = lookupNumbers(ir);
  const pool = dataPool();
  const { use, used } = vocabulary();
  const surroundings: Surroundings = {
    pool,
    use,
    classesOf: networkClasses(ir.classes),
    lone: new Map((ir.classes.lone ?? []).map(({ label }, at) => [label, at])),
    environment: ir.environment.map(({ name }) => name),
    identities: ir.identities.map(({ name }) => name),
    bound: ofCall,
  };
  const placeOf = placesIn(sources);
  const functions = functionWriter(surroundings, placeOf, ruleLabels(ir.rules));
  const predicates = ir.predicates.map(({ expr }) => functions.test(expr));
  const subjects = lookups.subjects.map(({ expr, keys }) => functions.subject(expr, keys));
  const validators = bodyValidators(ir);
  const { routes, codes } = routeCode(ir, functions, surroundings, validators, placeOf);
  const starting = startCode(ir, { ...surroundings, bound: ofStart });
  const kinds = kindsOf(ir.identities).map(([kind, door]) => code`${ownWord(kind)}: ${use(door)}`);
  const backendKinds = backendKindsOf(ir.backends).map(([kind, door]) => code`${ownWord(kind)}: ${use(door)}`);
  const policies = ir.documents.length === 0 ? undefined : use("policies");
  const shaping = ir.cors === undefined && ir.everyAnswer === undefined ? undefined : use("shaping");
  const limits = ir.traffic === undefined ? undefined : use("traffic");
  const caching = ir.routes.some(({ cache }) => cache !== undefined) ? use("caching") : undefined;
  const naming = namesCode(ir, surroundings);
  const releases = ir.releases === undefined ? undefined : use("releases");
  const versions = ir.versions === undefined ? undefined : use("versions");
  const observing = observeCode(ir, { ...surroundings, bound: ofStart });
  use("start");

  const { bytes, checksum } = tablesOf(ir, lookups, pool.contents(), codes);
  const head = [
    comment(`Made by gwl from ${ir.inputs[0]?.file ?? ir.name}: changes are lost when the gateway is built again.`),
    comment("Every text of the program and its tables are in tables.bin; the numbers here say where."),
  ];
  const parts = {
    head,
    imports: used(),
    bodies: validators.count,
    functions: functions.written(),
    routes,
    predicates,
    subjects,
    kinds,
    backendKinds,
    policies,
    shaping,
    limits,
    caching,
    naming,
    releases,
    versions,
    observing,
    starting,
    checksum,
  };
  return { handler: printModule(parts), tables: bytes, validators: validators.module };
}

/** `codes`: for each route which code it has. */
function tablesOf(ir: Ir, lookups: LookupNumbers, pool: PoolContents, codes: readonly number[]): TableFile {
  const { rowNumbers, ...numbers } = tableNumbers(ir, lookups);
  const table = routeTable(ir, rowNumbers, codes);
  const { shapes, ...tree } = routeTree(table);
  return writeTables({
    ...numbers,
    ...tree,
    routes: table.map((route) => JSON.stringify(writtenRoute(route))),
    data: JSON.stringify(tableData(ir, pool, shapes, lookups)),
  });
}
