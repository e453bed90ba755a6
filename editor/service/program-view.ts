/**
 * One program of the workspace, kept up to date. Promises: `quick` reads what changed and checks what depends on it; `whole` is the way of
 * `compile`, on what `quick` has read; each is made once for a version of the texts, whoever asks, and given up at a pause when they change.
 */
import type { FileNode } from "../../grammar/ast.ts";
import { type Diagnostic, sourceFile } from "../../grammar/index.ts";
import { analyzeInSteps } from "../../compiler/analyze/index.ts";
import { bind } from "../../compiler/bind/bind.ts";
import type { BoundProgram } from "../../compiler/bind/bound-program.ts";
import { checkInSteps, type RegexProver } from "../../compiler/check/index.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { withoutEchoes } from "../../compiler/diagnostics/echoes.ts";
import { inReadingOrder } from "../../compiler/diagnostics/order.ts";
import { load } from "../../compiler/load/load.ts";
import type { Loaded } from "../../compiler/load/loaded.ts";
import { belowRoot, folderOf } from "../../compiler/load/paths.ts";
import { lowerInSteps } from "../../compiler/lower/index.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import type { Program } from "../../compiler/model/program.ts";
import type { Steps } from "../../compiler/model/steps.ts";
import { dataNumbers } from "./dependence.ts";
import { inSlices } from "./in-slices.ts";
import { importedBy } from "./main-files.ts";
import type { ParseCache } from "./parsed.ts";
import type { ProverFor } from "./prover.ts";
import { checkAgain, type FileCheck, type Shapes, type StatementCheck } from "./statement-check.ts";
import type { TextStore } from "./texts.ts";

/** Asked between the steps of long work; throws where the work is to be given up. */
export type Breath = () => Promise<void>;

export type Quick = {
  readonly bound: BoundProgram;
  readonly files: ReadonlyMap<string, FileCheck>;
  readonly shapes: Shapes;
  /** In reading order. */
  readonly findings: readonly Diagnostic[];
  /** Files that were read again, for who measures. */
  readonly read: number;
};
export type Whole = {
  readonly program: Program;
  /** Where nothing is wrong and there is a gateway. */
  readonly ir?: Ir;
  readonly findings: readonly Diagnostic[];
};

export type ProgramView = {
  readonly main: string;
  readonly root: string;
  readonly quick: (breath: Breath) => Promise<Quick>;
  readonly whole: (breath: Breath) => Promise<Whole>;
  /** The last `whole`, where nothing has changed since. */
  readonly known: () => Whole | undefined;
};

export type ViewSetup = {
  readonly texts: TextStore;
  readonly parse: ParseCache;
  readonly proverFor: ProverFor;
  /** Comes back when other work that waits has had its turn. */
  readonly pause: () => Promise<void>;
};

type QuickAt = { readonly version: number; readonly quick: Quick; readonly early: readonly Diagnostic[] };

export function programView(main: string, setup: ViewSetup): ProgramView {
  const { texts, proverFor, pause } = setup;
  const numberOf = dataNumbers();
  let statements: StatementCheck | undefined;
  let quickAt: QuickAt | undefined;
  let quickly: { readonly version: number; readonly made: Promise<void> } | undefined;
  let wholeAt: { readonly version: number; readonly whole: Whole } | undefined;
  let wholly: { readonly quick: Quick; readonly made: Promise<Whole | undefined> } | undefined;

  const makeQuick = async (version: number): Promise<void> => {
    const isWanted = (): boolean => texts.version() === version;
    const read = await inSlices(readProgram(main, setup), pause, isWanted);
    if (read === undefined) return;
    const { bound, early } = read;
    const prover = await proverFor(treesOf(bound.loaded));
    if (!isWanted()) return;
    const checked = await inSlices(checkAgain(bound, prover, numberOf, statements), pause, isWanted);
    if (checked === undefined) return;
    statements = checked;
    const { files, shapes, read: count } = checked;
    const found = [...early, ...[...files.values()].flatMap(({ findings }) => findings)];
    quickAt = { version, early, quick: { bound, files, shapes, read: count, findings: inOrder(found, bound.loaded) } };
    // What is out of date is let go before anything as large is made anew.
    wholly = undefined;
    wholeAt = undefined;
  };
  /** All who ask at once wait for the same; who asked before a change gets what is so after it. */
  const quick = async (breath: Breath): Promise<QuickAt> => {
    for (;;) {
      await breath();
      const version = texts.version();
      if (quickAt?.version === version) return quickAt;
      if (quickly?.version !== version) quickly = { version, made: makeQuick(version) };
      await quickly.made;
    }
  };
  const makeWhole = async ({ version, quick: { bound }, early }: QuickAt): Promise<Whole | undefined> => {
    const prover = await proverFor(treesOf(bound.loaded));
    return inSlices(wholeOf(bound, early, prover), pause, () => texts.version() === version);
  };
  return {
    main,
    root: folderOf(main),
    quick: async (breath) => (await quick(breath)).quick,
    whole: async (breath) => {
      for (;;) {
        const base = await quick(breath);
        if (wholly?.quick !== base.quick) wholly = { quick: base.quick, made: makeWhole(base) };
        const whole = await wholly.made;
        if (whole === undefined) continue;
        wholeAt = { version: base.version, whole };
        return whole;
      }
    },
    known: () => (wholeAt?.version === texts.version() ? wholeAt.whole : undefined),
  };
}

type Read = { readonly bound: BoundProgram; readonly early: readonly Diagnostic[] };

/** What the loader will ask for is parsed file by file before: it does all in one step. */
function* readProgram(main: string, { texts, parse }: ViewSetup): Steps<Read> {
  const { resolve } = texts.compilerHost;
  const reached = new Set([main]);
  for (const path of reached) {
    const file = belowRoot(folderOf(main), path);
    const source = texts.source(path);
    if (file === undefined || source === undefined) continue;
    parse(sourceFile(file, source.text));
    yield;
    for (const target of importedBy(path, { source: texts.source, resolve })) reached.add(target);
  }
  const loaded = load(main, texts.compilerHost, parse);
  yield;
  const bound = bind(loaded.value);
  return { bound: bound.value, early: [...loaded.diagnostics, ...bound.diagnostics] };
}

function* wholeOf(bound: BoundProgram, early: readonly Diagnostic[], prover: RegexProver): Steps<Whole> {
  const isSound = (found: readonly Diagnostic[]): boolean => !found.some(({ severity }) => severity === "error");
  const checked = yield* checkInSteps(bound, CONSTRUCTS, prover, isSound(early));
  const program = checked.value;
  const found = [...early, ...checked.diagnostics];
  if (!isSound(found) || program.gateway === undefined) return { program, findings: inOrder(found, bound.loaded) };
  const ir = yield* lowerInSteps(program);
  const analyzed = yield* analyzeInSteps(program, ir);
  return { program, ir, findings: inOrder([...found, ...analyzed], bound.loaded) };
}

const treesOf = (loaded: Loaded): readonly FileNode[] => loaded.files.map(({ tree }) => tree);

function inOrder(found: readonly Diagnostic[], { files }: Loaded): readonly Diagnostic[] {
  return inReadingOrder(
    withoutEchoes(found, files),
    files.map(({ file }) => file),
  );
}
