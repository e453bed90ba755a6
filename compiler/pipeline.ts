/**
 * The pipeline on one page: what a compilation does, in order. Promises: each stage is pure and timed, all findings of all
 * stages come out, and nothing is lowered that has an error.
 */
import { parseSource } from "../grammar/index.ts";
import { type Diagnostic, finding, type Staged } from "../grammar/source/diagnostic.ts";
import { positionAt, sourceFile, type Span } from "../grammar/source/span.ts";
import { analyze } from "./analyze/index.ts";
import { bind } from "./bind/bind.ts";
import { check, loadRegexProver } from "./check/index.ts";
import { noGateway } from "./check/program-shape.diagnostics.ts";
import { printType } from "./check/types/print-type.ts";
import { CONSTRUCTS } from "./constructs/index.ts";
import { withoutEchoes } from "./diagnostics/echoes.ts";
import { inReadingOrder } from "./diagnostics/order.ts";
import type { Sources } from "./diagnostics/sources.ts";
import type { CompilerHost } from "./host.ts";
import { load } from "./load/load.ts";
import type { Loaded } from "./load/loaded.ts";
import { lower } from "./lower/index.ts";
import type { Bundle, EmittedModule } from "./model/emitted.ts";
import type { Ir } from "./model/ir.ts";
import type { Program } from "./model/program.ts";
import { stopwatch, type Timing } from "./stopwatch.ts";

/** `check` stops when all findings are known, `emit` when the code is written; the third makes what runs. */
export type Goal = "check" | "emit" | BundleGoal;

/** `runtime` is the absolute path of this compiler's folder of that name, `compiler` its name and version. */
export type BundleGoal = { readonly runtime: string; readonly compiler: string };

export type Compilation = {
  /** As far as it could be read, even with errors. */
  readonly program: Program;
  /** Only of a program without errors that has a gateway. */
  readonly ir?: Ir;
  /** Only where code was the goal. */
  readonly module?: EmittedModule;
  readonly bundle?: Bundle;
  /** All texts that findings point into. */
  readonly sources: Sources;
  readonly timings: readonly Timing[];
};

/** `main` is a path of the host's. Findings come in reading order; with an error among them there is no `ir`. `onStep` hears of each step as it begins. */
export async function compile(
  main: string,
  host: CompilerHost,
  goal: Goal,
  onStep: (step: string) => void = () => undefined,
): Promise<Staged<Compilation>> {
  const { time, timeAsync, timings } = stopwatch(host.now, onStep);
  const diagnostics: Diagnostic[] = [];
  const take = <T>({ value, diagnostics: found }: Staged<T>): T => {
    diagnostics.push(...found);
    return value;
  };
  const isSound = (): boolean => !diagnostics.some((found) => found.severity === "error");

  const loaded = take(time("load", () => load(main, host, (source) => time("parse", () => parseSource(source)))));
  const bound = take(time("bind", () => bind(loaded)));
  const trees = loaded.files.map((file) => file.tree);
  const proveLinear = await timeAsync("check", () => loadRegexProver(trees));
  const program = take(time("check", () => check(bound, CONSTRUCTS, proveLinear, isSound())));
  const sources = sourcesOf(loaded, program);
  if (goal !== "check" && isSound() && program.gateway === undefined) {
    diagnostics.push(finding(noGateway, { file: loaded.files[0]?.file ?? main, start: 0, end: 0 }, {}));
  }
  const ir = isSound() && program.gateway !== undefined ? time("lower", () => lower(program)) : undefined;
  if (ir !== undefined) diagnostics.push(...time("analyze", () => analyze(program, ir)));
  const module = goal === "check" || ir === undefined ? undefined : await timeAsync("emit", () => emitLate(ir, sources));
  const made = typeof goal === "object" && ir !== undefined && module !== undefined ? { ...goal, ir, module, program, sources } : undefined;
  const bundle = made && (await timeAsync("bundle", () => bundleLate(made, host)));

  return {
    value: { program, ...(ir && { ir }), ...(module && { module }), ...(bundle && { bundle }), sources, timings: timings() },
    diagnostics: inReadingOrder(withoutEchoes(diagnostics, loaded.files), sources.keys()),
  };
}

/** Beside the sources those files into which findings may point; lists are long, and findings about them stand where they are named. */
function sourcesOf(loaded: Loaded, { inputs }: Program): Sources {
  const pointed = new Set(inputs.flatMap(({ file, kind }) => (kind === "policy" || kind === "principals" ? [file] : [])));
  const data = [...loaded.data.values()].filter(({ file }) => pointed.has(file));
  return new Map([
    ...loaded.files.map(({ file, source }) => [file, source] as const),
    ...data.map(({ file, text }) => [file, sourceFile(file, text)] as const),
  ]);
}

/** ts-morph takes longer to load than most programs to check. */
async function emitLate(ir: Ir, sources: Sources): Promise<EmittedModule> {
  const { emit } = await import("./emit/index.ts");
  return emit(ir, sources);
}

type Made = BundleGoal & { readonly ir: Ir; readonly module: EmittedModule; readonly program: Program; readonly sources: Sources };

/** So does esbuild. */
async function bundleLate({ ir, module, program, sources, runtime, compiler }: Made, host: CompilerHost): Promise<Bundle> {
  const { bundle } = await import("./bundle/index.ts");
  const placeOf = ({ file, start }: Span): string => {
    const source = sources.get(file);
    return source === undefined ? file : `${file}:${positionAt(source, start).line}`;
  };
  return bundle({ ir, sites: program.sites, compiler, placeOf, typeText: printType, module, runtime }, host);
}
