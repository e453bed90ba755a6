/** `mirror { share: 10%, targets: [...] }`: a copy of some calls goes to other servers, and nobody reads what they answer. */
import type { Block } from "../../../../../grammar/ast.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { Expr } from "../../../../model/expression.ts";
import { readSettings } from "../../../settings.ts";
import type { SettingShapes } from "../../../setting-shape.ts";
import { bounded, share, shares } from "./bounded.ts";
import { readTargets } from "./targets.ts";

export const MIRROR_SETTINGS = {
  share: { form: "constant", type: { kind: "percent" }, required: true, doc: "how many of the calls are copied" },
  targets: { form: "phrase", required: true, doc: "where the copies go" },
} as const satisfies SettingShapes;

export function readMirror(block: Block, context: CheckContext): { readonly share: number; readonly targets: readonly Expr[] } | undefined {
  const { values } = readSettings(block, MIRROR_SETTINGS, { owner: "`mirror`", head: block.span }, context);
  if (values.share === undefined || values.targets === undefined) return undefined;
  return { share: share(bounded(values.share, shares("`share`"), 100, context)), targets: readTargets(values.targets, context) };
}
