/** `tags { data: "pii" }`: facts about routes, for selectors and rules. Promises: declared tags with declared values only; one for each stage, or one for all. */
import type { Block, Setting } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { Expr } from "../../model/expression.ts";
import type { Tags, TagValue } from "../../model/program.ts";
import { MOST_TAGS, tooManyTags } from "../../check/tag-limits.ts";
import type { StatementConstruct } from "../construct.ts";
import { duplicateSetting, settingNotConstant, strayEntry } from "../frame.diagnostics.ts";
import { readPhrase } from "../phrase-reader.ts";

export const tags: StatementConstruct = {
  kind: "statement",
  words: ["tags"],
  within: ["gateway", "api", "group", "route"],
  summary: "values of declared tags for the routes here and below",
  written: ['tags { NAME: "value", ... }', 'tags { NAME: stage { STAGE: "value", ... } }'],
  read: (statement, context) => {
    const phrase = readPhrase(statement, tags, context);
    const block = phrase.block('a block, as in `tags { data: "pii" }`');
    if (!phrase.end() || block === undefined) return undefined;
    return { kind: "tags", values: readValues(block, context), span: statement.span };
  },
};

function readValues(block: Block, context: CheckContext): Tags {
  const values = new Map<string, TagValue>();
  const places = new Map<string, Setting>();
  for (const entry of block.entries) {
    if (entry.kind !== "setting" || entry.key.kind !== "name") {
      context.report(finding(strayEntry, entry.span, { what: `\`${context.written(entry.span, 40)}\``, place: "`tags`" }));
      continue;
    }
    const name = entry.key.name;
    const first = places.get(name);
    if (first !== undefined) {
      context.report(finding(duplicateSetting, entry.key.span, { name }, [{ span: first.key.span, message: "first set here" }]));
      continue;
    }
    places.set(name, entry);
    const value = readValue(entry, context);
    if (value !== undefined) values.set(name, value);
  }
  if (places.size > MOST_TAGS) context.report(finding(tooManyTags, block.span, { count: places.size, most: MOST_TAGS }));
  return Object.fromEntries(values);
}

function readValue(entry: Setting, context: CheckContext): TagValue | undefined {
  if (entry.key.kind !== "name") return undefined;
  const tag = context.resolve("tag", entry.key);
  if (tag === undefined) return undefined;
  const place = context.place(entry.span.file, { kind: "nothing", what: `the tag \`${tag.name}\`` });
  const expr = checkValue(entry.value, place, context.report, { kind: "literals", values: tag.values });
  if (expr.type.kind === "poison") return undefined;
  const value = expr.op === "stageValue" ? everyStage(expr.values) : textOf(expr);
  if (value !== undefined) return value;
  context.report(finding(settingNotConstant, expr.span, { name: tag.name, owner: "`tags`" }));
  return undefined;
}

function everyStage(values: Readonly<Record<string, Expr>>): TagValue | undefined {
  const texts = Object.entries(values).flatMap(([stage, expr]) => {
    const text = textOf(expr);
    return text === undefined ? [] : [[stage, text] as const];
  });
  return texts.length === Object.keys(values).length ? Object.fromEntries(texts) : undefined;
}

function textOf(expr: Expr): string | undefined {
  const value = evaluateConstant(expr);
  return typeof value === "string" ? value : undefined;
}
