/**
 * One program of the workspace, kept up to date. Promises: `quick` reads what changed and checks what depends on it; `whole` is the way of
 * `compile`, on what `quick` has read; each is made once for a version of the texts, and given up between its steps where nobody wants it any more.
 */
import type { FileNode } from "../../grammar/ast.ts";
import type { Diagnostic } from "../../grammar/index.ts";
import { analyze } from "../../compiler/analyze/index.ts";
import { bind } from "../../compiler/bind/bind.ts";
import type { BoundProgram } from "../../compiler/bind/bound-program.ts";
import { check } from "../../compiler/check/index.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { withoutEchoes } from "../../compiler/diagnostics/echoes.ts";
import { inReadingOrder } from "../../compiler/diagnostics/order.ts";
import { load } from "../../compiler/load/load.ts";
import type { Loaded } from "../../compiler/load/loaded.ts";
import { folderOf } from "../../compiler/load/paths.ts";
import { lower } from "../../compiler/lower/index.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import type { Program } from "../../compiler/model/program.ts";
import { dataNumbers } from "./dependence.ts";
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
};

export function programView(main: string, texts: TextStore, proverFor: ProverFor, parse: ParseCache): ProgramView {
  const numberOf = dataNumbers();
  let statements: StatementCheck | undefined;
  let quickAt: { readonly version: number; readonly quick: Quick; readonly early: readonly Diagnostic[] } | undefined;
  let wholeAt: { readonly quick: Quick; readonly whole: Whole } | undefined;

  const quick = async (): Promise<NonNullable<typeof quickAt>> => {
    const version = texts.version();
    if (quickAt?.version === version) return quickAt;
    const loaded = load(main, texts.compilerHost, parse);
    const bound = bind(loaded.value);
    const trees = treesOf(loaded.value);
    const prover = await proverFor(trees);
    const early = [...loaded.diagnostics, ...bound.diagnostics];
    statements = checkAgain(bound.value, prover, numberOf, statements);
    const found = [...early, ...[...statements.files.values()].flatMap(({ findings }) => findings)];
    const { files, shapes, read } = statements;
    const made = { version, early, quick: { bound: bound.value, files, shapes, read, findings: inOrder(found, loaded.value) } };
    quickAt = made;
    // What is out of date is let go before anything as large is made anew.
    wholeAt = undefined;
    return made;
  };
  return {
    main,
    root: folderOf(main),
    quick: async (breath) => {
      await breath();
      return (await quick()).quick;
    },
    whole: async (breath) => {
      await breath();
      const { quick: base, early } = await quick();
      if (wholeAt?.quick === base) return wholeAt.whole;
      const whole = await wholeOf(base.bound, early, proverFor, breath);
      wholeAt = { quick: base, whole };
      return whole;
    },
  };
}

async function wholeOf(bound: BoundProgram, early: readonly Diagnostic[], proverFor: ProverFor, breath: Breath): Promise<Whole> {
  const prover = await proverFor(treesOf(bound.loaded));
  const isSound = (found: readonly Diagnostic[]): boolean => !found.some(({ severity }) => severity === "error");
  await breath();
  const checked = check(bound, CONSTRUCTS, prover, isSound(early));
  const program = checked.value;
  const found = [...early, ...checked.diagnostics];
  if (!isSound(found) || program.gateway === undefined) return { program, findings: inOrder(found, bound.loaded) };
  await breath();
  const ir = lower(program);
  await breath();
  return { program, ir, findings: inOrder([...found, ...analyze(program, ir)], bound.loaded) };
}

const treesOf = (loaded: Loaded): readonly FileNode[] => loaded.files.map(({ tree }) => tree);

function inOrder(found: readonly Diagnostic[], { files }: Loaded): readonly Diagnostic[] {
  return inReadingOrder(
    withoutEchoes(
      found,
      files.map(({ tree }) => tree),
    ),
    files.map(({ file }) => file),
  );
}
