/** Programs and IRs compiled and started within the test's own process, without a bundler: types are stripped, imports become parameters. */
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import { emit } from "../../compiler/emit/index.ts";
import { lower } from "../../compiler/lower/index.ts";
import type { EmittedModule } from "../../compiler/model/emitted.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import type { Program } from "../../compiler/model/program.ts";
import type { Start } from "../../runtime/contract/gateway.ts";
import * as runtime from "../../runtime/index.ts";

export function startProgram(program: Program): Start {
  return startIr(lower(program));
}

export function startIr(ir: Ir): Start {
  return startModule(emit(ir, new Map()));
}

/** With other words than the runtime's own. */
export function startProgramWith(program: Program, words: Partial<typeof runtime>): Start {
  return startModule(emit(lower(program), new Map()), { ...runtime, ...words });
}

export function startModule({ handler, tables, validators }: EmittedModule, words: typeof runtime = runtime): Start {
  const bodies = evaluate(validators, {}, words) as Readonly<Record<string, unknown>>;
  const { createGateway } = evaluate(stripTypeScriptTypes(handler), bodies, words) as {
    readonly createGateway: (tables: Uint8Array) => Start;
  };
  return createGateway(tables);
}

/** What the module exports. `bodies` stands for its `./validators.js`. */
function evaluate(module: string, bodies: object, words: typeof runtime = runtime): object {
  const exported = [...module.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
  const text = module
    .replaceAll(/^import \{([^}]*)\} from "gwl\/runtime";$/gm, "const {$1} = runtime;")
    .replaceAll(/^import \{([^}]*)\} from "\.\/validators\.js";$/gm, "const {$1} = bodies;")
    .replaceAll(/^export /gm, "");
  return run(`"use strict";\n${text}\nreturn { ${exported.join(", ")} };`, { runtime: words, bodies }) as object;
}

/** Runs emitted text as the body of a function with these parameters. */
export function run(text: string, parameters: Readonly<Record<string, unknown>>): unknown {
  const body = compileFunction(text, Object.keys(parameters)) as (...given: unknown[]) => unknown;
  return body(...Object.values(parameters));
}

/** The first validator of a module of them. */
export function firstValidator(module: string): (value: unknown) => boolean {
  return (evaluate(module, {}) as { readonly body0: (value: unknown) => boolean }).body0;
}
