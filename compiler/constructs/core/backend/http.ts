/** `backend NAME = http { targets: [...] }`: servers that speak HTTP, called in turn. Promises: a target that is known now is one that can be called. */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression } from "../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Backend } from "../../../model/program.ts";
import { LATER_BACKEND_WORDS } from "../../later.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { backendTimeout, repeatedTarget, targetsForm, wrongTarget } from "./backend.diagnostics.ts";
import type { BackendKindConstruct } from "./backend-kind.ts";
import { targetProblem } from "./target-url.ts";

export const HTTP_SETTINGS = {
  targets: { form: "phrase", required: true, doc: 'where its servers are, as in `["http://10.0.1.10:8080"]`' },
  timeout: {
    form: "constant",
    type: { kind: "duration" },
    doc: "how long to wait for the first byte of an answer, and for each next one",
    byDefault: "`30s`",
  },
} as const satisfies SettingShapes;

const DEFAULT_TIMEOUT = 30_000;
const LONGEST_TIMEOUT = 3_600_000;

export const http: BackendKindConstruct = { written: ["backend NAME = http { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Backend | undefined {
  phrase.name("a kind");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const owner = { owner: "an `http` backend", head: name.span, later: LATER_BACKEND_WORDS };
  const { values } = readSettings(block, HTTP_SETTINGS, owner, context);
  const { timeout } = values;
  const limit = typeof timeout?.value === "number" ? timeout.value : DEFAULT_TIMEOUT;
  if (timeout !== undefined && (limit < 1 || limit > LONGEST_TIMEOUT)) {
    context.report(finding(backendTimeout, timeout.span, { written: `\`${context.written(timeout.span)}\`` }));
  }
  return { kind: "http", name: name.name, targets: readTargets(values.targets, context), timeout: limit, span: statement.span };
}

function readTargets(phrase: Phrase | undefined, context: CheckContext): readonly Expr[] {
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

type KnownText = { readonly text: string; readonly span: Expr["span"] };

function knownTexts(expr: Expr, context: CheckContext): readonly KnownText[] {
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
