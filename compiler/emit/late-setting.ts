/** A setting that is known only when the gateway starts, and the expressions that then give it. */
import type { Expr } from "../model/expression.ts";
import type { OwnWord } from "./code.ts";

export type LateSetting = readonly [setting: OwnWord, values: readonly Expr[]];

/** None where nothing is written. */
export function one(setting: OwnWord, values: readonly Expr[] | undefined): readonly LateSetting[] {
  return values === undefined ? [] : [[setting, values]];
}
