/** `reload every 1h shrink at most 80%` behind a list: it is read again while the gateway serves (D350). */
import type { Expression } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression } from "../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../check/expressions/evaluate-constant.ts";
import type { Network } from "../../../model/network.ts";
import type { Type } from "../../../model/types.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { reloadInterval } from "./reload.diagnostics.ts";

type Reload = Pick<NonNullable<Network["reload"]>, "every" | "shrink">;

/** Milliseconds. A timer of Node's cannot wait for longer than 24 days. */
const [shortest, longest] = [10_000, 7 * 86_400_000] as const;
const usualShrink = 50;

/** Undefined after a finding. */
export function readReload(phrase: PhraseReader, context: CheckContext): Reload | "never" | undefined {
  if (!phrase.takes("reload")) return "never";
  const interval = phrase.word("every") ? phrase.expression("a duration, as in `1h`") : undefined;
  const share = phrase.takes("shrink") && phrase.word("at") && phrase.word("most") ? phrase.expression("a percentage") : undefined;
  if (interval === undefined || phrase.failed()) return undefined;
  const every = numberOf(interval, { kind: "duration" }, context);
  const shrink = share === undefined ? usualShrink : numberOf(share, { kind: "percent" }, context);
  if (every === undefined || shrink === undefined) return undefined;
  if (every >= shortest && every <= longest) return { every, shrink };
  context.report(finding(reloadInterval, interval.span, { isShort: every < shortest }));
  return undefined;
}

function numberOf(node: Expression, type: Type, context: CheckContext): number | undefined {
  const place = context.place(node.span.file, { kind: "nothing", what: "`reload` of a network" });
  const value = evaluateConstant(checkExpression(node, place, context.report, type));
  return typeof value === "number" ? value : undefined;
}
