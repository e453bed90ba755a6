/**
 * The pipeline on one page: what a compilation does, in order. Promises: each stage is pure and timed, all findings of all
 * stages come out, and nothing is lowered that has an error.
 */
import { parseSource } from "../grammar/index.ts";
import { type Diagnostic, finding, type Staged } from "../grammar/source/diagnostic.ts";
import { bind } from "./bind/bind.ts";
import { check, loadRegexProver } from "./check/index.ts";
import { noGateway } from "./check/program-shape.diagnostics.ts";
import { CONSTRUCTS } from "./constructs/index.ts";
import { inReadingOrder } from "./diagnostics/order.ts";
import type { Sources } from "./diagnostics/sources.ts";
import type { CompilerHost } from "./host.ts";
import { load } from "./load/load.ts";
import { lower } from "./lower/index.ts";
import type { EmittedModule } from "./model/emitted.ts";
import type { Ir } from "./model/ir.ts";
import type { Program } from "./model/program.ts";
import { stopwatch, type Timing } from "./stopwatch.ts";

/** `check` stops when all findings are known, `emit` when the code is written. */
export type Goal = "check" | "emit";

export type Compilation = {
  /** As far as it could be read, even with errors. */
  readonly program: Program;
  /** Only of a program without errors that has a gateway. */
  readonly ir?: Ir;
  /** Only where code was the goal. */
  readonly module?: EmittedModule;
  /** All texts that findings point into. */
  readonly sources: Sources;
  readonly timings: readonly Timing[];
};

/** `main` is a path of the host's. Findings come in reading order; with an error among them there is no `ir`. */
export async function compile(main: string, host: CompilerHost, goal: Goal): Promise<Staged<Compilation>> {
  const { time, timeAsync, timings } = stopwatch(host.now);
  const diagnostics: Diagnostic[] = [];
  const take = <T>({ value, diagnostics: found }: Staged<T>): T => {
    diagnostics.push(...found);
    return value;
  };
  const isSound = (): boolean => !diagnostics.some((found) => found.severity === "error");

  const loaded = take(time("load", () => load(main, host, (source) => time("parse", () => parseSource(source)))));
  const bound = take(time("bind", () => bind(loaded)));
  const proveLinear = await timeAsync("check", () => loadRegexProver(loaded.files.map((file) => file.tree)));
  const program = take(time("check", () => check(bound, CONSTRUCTS, proveLinear, isSound())));
  const sources: Sources = new Map(loaded.files.map(({ file, source }) => [file, source]));
  if (goal !== "check" && isSound() && program.gateway === undefined) {
    diagnostics.push(finding(noGateway, { file: loaded.files[0]?.file ?? main, start: 0, end: 0 }, {}));
  }
  const ir = isSound() && program.gateway !== undefined ? time("lower", () => lower(program)) : undefined;
  const module = goal === "emit" && ir !== undefined ? await timeAsync("emit", async () => (await emitter())(ir, sources)) : undefined;

  return {
    value: { program, ...(ir && { ir }), ...(module && { module }), sources, timings: timings() },
    diagnostics: inReadingOrder(diagnostics, sources.keys()),
  };
}

/** ts-morph takes longer to load than most programs to check. */
async function emitter(): Promise<(ir: Ir, sources: Sources) => EmittedModule> {
  return (await import("./emit/index.ts")).emit;
}
