/** Where an expression stands: what its code may name, and how it reaches what was bound at the start. */
import type { Expr } from "../model/expression.ts";
import { code, type Code } from "./code.ts";
import type { DataPool } from "./data-pool.ts";
import type { ClassesOf } from "./network-classes.ts";
import type { Use } from "./vocabulary.ts";

export type Surroundings = {
  readonly pool: DataPool;
  readonly use: Use;
  readonly classesOf: ClassesOf;
  /** By label the numbers of the networks that are asked by themselves. */
  readonly lone: ReadonlyMap<string, number>;
  /** Names in the order of the tables. */
  readonly environment: readonly string[];
  readonly identities: readonly string[];
  /** How the code reaches what was bound at the start: through its `call`, or it is given nothing else. */
  readonly bound: Code;
};

/** Code that is given a request as `call`, and code that is given only what is `bound`. */
export const ofCall: Code = code`call.bound`;
export const ofStart: Code = code`bound`;

/** `otherwise` is not reached: the start refuses other stages. */
export function byStage(values: Readonly<Record<string, Expr>>, at: Surroundings, one: (expr: Expr) => Code, otherwise: Code): Code {
  const names = Object.keys(values).toSorted();
  return names.reduceRight<Code>((rest, name) => {
    const expr = values[name];
    if (expr === undefined) return rest;
    return code`(${at.bound}.stage === ${at.use("text")}(${at.bound}, ${at.pool.text(name)}) ? ${one(expr)} : ${rest})`;
  }, otherwise);
}

/** Lowering names only what is declared. */
export function indexIn(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index < 0) throw new Error(`\`${name}\` is not declared`);
  return index;
}
