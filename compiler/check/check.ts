/**
 * The stage that makes a checked program of a bound one: it hands every statement to the construct of its word and puts
 * the results together. Promises: pure, never throws; a program with errors still has all parts that could be read. What
 * only a whole program can show is asked of programs without errors: else it would mostly echo those.
 */
import type { Diagnostic, Staged } from "../../grammar/source/diagnostic.ts";
import type { BoundProgram } from "../bind/bound-program.ts";
import type { Construct } from "../constructs/construct.ts";
import type { Piece } from "../constructs/piece.ts";
import type { DataFile } from "../load/loaded.ts";
import type { PolicyFile } from "../model/iam.ts";
import type { DataKind, Policy, Program, Site } from "../model/program.ts";
import { atOnce, each, type Steps } from "../model/steps.ts";
import { assemble } from "./assemble.ts";
import type { Around, CheckContext } from "./context.ts";
import { declaredTypes } from "./declared-types.ts";
import type { RegexProver } from "./literals/regex-prover.ts";
import type { Listener } from "./listener.ts";
import { meanings } from "./meaning-of.ts";
import { type NameTable, nameTable } from "./name-table.ts";
import { places } from "./places.ts";
import { checkProgramInSteps } from "./program/index.ts";
import type { Report } from "./report.ts";
import { sourceText } from "./source-text.ts";
import { readStatements, type Reader, vocabulary } from "./statements.ts";
import { unusedDeclarations, unusedImports } from "./unused.ts";

/** `constructs` are all words of the language. `isSound`: no stage before found an error, so what is missing is not just unread. */
export function check(bound: BoundProgram, constructs: readonly Construct[], proveLinear: RegexProver, isSound: boolean): Staged<Program> {
  return atOnce(checkInSteps(bound, constructs, proveLinear, isSound));
}

export function* checkInSteps(
  bound: BoundProgram,
  constructs: readonly Construct[],
  proveLinear: RegexProver,
  isSound: boolean,
): Steps<Staged<Program>> {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic): void => void diagnostics.push(found);
  const { names, reader, ...found } = checking({ bound, constructs, proveLinear, report });
  const pieces = yield* readFiles(bound, constructs, reader);
  const program = assemble({ bound, context: reader.context, pieces, ...found });
  yield;
  const isWhole = (): boolean => isSound && !diagnostics.some((found) => found.severity === "error");
  if (isWhole()) diagnostics.push(...(yield* checkProgramInSteps(program)), ...unusedImports(bound, names));
  if (isWhole() && program.gateway !== undefined) diagnostics.push(...unusedDeclarations(bound, names));
  return { value: program, diagnostics };
}

/**
 * What is wrong with the statements of some files, and what `listener` hears of them. Promises: reads what they name and nothing else, so the
 * cost is theirs; the findings in these files are those of `check`, but for what only the whole program shows.
 */
export function* checkStatements(
  bound: BoundProgram,
  constructs: readonly Construct[],
  proveLinear: RegexProver,
  files: ReadonlySet<string>,
  listener: Listener,
): Steps<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic): void => void diagnostics.push(found);
  const { reader } = checking({ bound, constructs, proveLinear, report, listener });
  yield* readFiles(bound, constructs, reader, files);
  return diagnostics.filter(({ span }) => files.has(span.file));
}

type Checking = {
  readonly bound: BoundProgram;
  readonly constructs: readonly Construct[];
  readonly proveLinear: RegexProver;
  readonly report: Report;
  readonly listener?: Listener;
};
type Prepared = {
  readonly names: NameTable;
  readonly reader: Reader;
  readonly sites: readonly Site[];
  readonly data: ReadonlyMap<DataFile, DataKind>;
  readonly documents: readonly PolicyFile[];
  readonly nameless: readonly Policy[];
};

/** Nothing is read yet: a declaration is when it is asked for, a statement when its block is. */
function checking({ bound, constructs, proveLinear, report, listener }: Checking): Prepared {
  const names = nameTable(bound, report, listener);
  const sites: Site[] = [];
  const documents: PolicyFile[] = [];
  const nameless: Policy[] = [];
  const data = new Map<DataFile, DataKind>();
  const written = sourceText(bound.loaded);
  const stages = [...bound.stages.keys()];
  const byKind = Map.groupBy(bound.declarations, (declaration) => declaration.kind);
  const declared: CheckContext["declared"] = (kind) => byKind.get(kind) ?? [];
  const plans = declared("plan").map(({ name }) => name.name);
  const types = declaredTypes(names, proveLinear, report, (declaration) => known.meaning("type", declaration), plans);
  const known = meanings({ constructs, names, report, again: types.again, context: () => context });
  const context: CheckContext = {
    report,
    listener,
    stages,
    find: names.find,
    resolve: known.resolve,
    meaning: known.meaning,
    declared,
    visibleNames: names.visible,
    ...places({ meaning: known.meaning, declared, stages }, names, proveLinear, bound.stages, listener),
    types: types.scope,
    declaredType: types.resolve,
    data: (path, as) => {
      const file = bound.loaded.data.get(path);
      if (file !== undefined) data.set(file, as);
      return file;
    },
    written,
    formOf: (word, within) => reader.words.get(word)?.find((construct) => construct.within.includes(within))?.written[0],
    site: (site) => sites.push({ ...site, label: site.label ?? written(site.span) }) - 1,
    document: (file) => documents.push(file) - 1,
    namelessPolicy: (policy) => {
      const name = `resource_policy ${nameless.length}`;
      nameless.push({ ...policy, name });
      return name;
    },
    statements: (block, within, around, settings) => {
      listener?.statements(block, within, around);
      return readStatements(block.entries, within, around, reader, settings);
    },
  };
  const declarationOf = new Map(bound.declarations.map((declaration) => [declaration.statement, declaration]));
  const reader: Reader = { words: vocabulary(constructs), context, declarationOf };
  return { names, reader, sites, data, documents, nameless };
}

/** All files are read, so that a library's mistakes are found, too; only those taken in give pieces. */
function* readFiles(
  bound: BoundProgram,
  constructs: readonly Construct[],
  reader: Reader,
  only?: ReadonlySet<string>,
): Steps<readonly Piece[]> {
  const around = outermost(bound, reader);
  const pieces: Piece[] = [];
  for (const { file, tree } of bound.loaded.files) {
    if (only !== undefined && !only.has(file)) continue;
    for (const construct of constructs) if (construct.kind === "head") construct.checkFile?.(tree, reader.context);
    const read = yield* each(tree.entries, (entry) => readStatements([entry], "file", around, reader));
    if (bound.takenIn.has(file)) pieces.push(...read.flat());
  }
  return pieces;
}

/** Around what stands at the top level: what the gateway gives, wherever it stands. */
function outermost(bound: BoundProgram, { words, context }: Reader): Around {
  const bare: Around = {
    reads: {
      kind: "request",
      principal: { missing: "no identity is accepted here" },
      body: { missing: "only a route with `body T` has one" },
      parameters: { missing: "only a route has some" },
    },
    parameters: [],
    path: [],
  };
  const taken = bound.loaded.files.filter(({ file }) => bound.takenIn.has(file));
  for (const entry of taken.flatMap(({ tree }) => tree.entries)) {
    if (entry.kind !== "statement") continue;
    const surrounding = words
      .get(entry.word.name)
      ?.find((construct) => construct.kind === "statement" && construct.surrounds !== undefined);
    if (surrounding?.kind === "statement") return surrounding.surrounds?.(entry, context, bare) ?? bare;
  }
  return bare;
}
