/** Where a backend's servers are. Promises: a target that is known now is one that can be called. */
import type { Phrase } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { checkExpression } from "../../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../../model/expression.ts";
import { repeatedTarget, targetsForm, wrongTarget } from "../backend.diagnostics.ts";
import { targetProblem } from "../target-url.ts";

export function readTargets(phrase: Phrase | undefined, context: CheckContext): readonly Expr[] {
  if (phrase === undefined) return [];
  const [list, ...more] = phrase.terms;
  if (list?.kind !== "list" || list.items.length === 0 || more.length > 0) {
    context.report(finding(targetsForm, phrase.span, {}));
    return [];
  }
  const place = context.place(phrase.span.file, { kind: "nothing", what: "a target of a backend" });
  const targets = list.items.map((item) => checkExpression(item, place, context.report, { kind: "url" }));
  for (const target of targets) reportWrong(target, context);
  reportRepeated(targets, context);
  return targets;
}

/** Also where the value comes from the source of an `env`: there it is just as wrong, and known today. */
function reportWrong(target: Expr, context: CheckContext): void {
  for (const known of knownTexts(target, context)) {
    const why = targetProblem(known.text);
    if (why === undefined) continue;
    const related = known.span === target.span ? [] : [{ span: target.span, message: "used as a target here" }];
    context.report(finding(wrongTarget, known.span, { written: known.text, why }, related));
  }
}

export type KnownText = { readonly text: string; readonly span: Expr["span"] };

/** Of constants, and of the source's values of the environment. */
export function knownTexts(expr: Expr, context: CheckContext): readonly KnownText[] {
  switch (expr.op) {
    case "const":
      return typeof expr.value === "string" && expr.type.kind !== "poison" ? [{ text: expr.value, span: expr.span }] : [];
    case "stageValue":
      return Object.values(expr.values).flatMap((value) => knownTexts(value, context));
    case "env": {
      const declaration = context.declared("env").find(({ name }) => name.name === expr.name);
      const value = declaration && context.meaning("env", declaration)?.value;
      return value === undefined ? [] : knownTexts(value, context);
    }
    default:
      return [];
  }
}

function reportRepeated(targets: readonly Expr[], context: CheckContext): void {
  const seen = new Map<string, Expr["span"]>();
  for (const target of targets) {
    const key = target.op === "const" ? String(target.value) : target.op === "env" ? target.name : undefined;
    if (key === undefined || target.type.kind === "poison") continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, target.span);
    else context.report(finding(repeatedTarget, target.span, { written: key }, [{ span: first, message: "first listed here" }]));
  }
}
