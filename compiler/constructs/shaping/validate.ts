/**
 * `validate { headers { ... }, query { ... }, consumes: [...], produces: [...] }`: what a route takes beside its typed body. Promises: types are those that
 * one text can have.
 */
import type { Block, Entry, Setting, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { printType } from "../../check/types/print-type.ts";
import { readType } from "../../check/types/read-type.ts";
import { isCarriedByText } from "../../model/carried-by-text.ts";
import { isHeaderName } from "../../model/header-names.ts";
import type { CheckedField, RequestChecks } from "../../model/request-checks.ts";
import { notAHeaderName } from "../access/routing.diagnostics.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes, type SettingsRead } from "../settings.ts";
import { checkedFieldForm, checkedFieldType, notAMediaType } from "./shaping.diagnostics.ts";

const TEXTS = { kind: "list", element: { kind: "string" } } as const;

export const VALIDATE_SETTINGS = {
  headers: { form: "block", doc: "header fields and their types" },
  query: { form: "block", doc: "names of the query and their types" },
  consumes: { form: "constant", type: TEXTS, doc: "the media types of bodies", byDefault: "any" },
  produces: { form: "constant", type: TEXTS, doc: "the media types of answers, of which the client must take one", byDefault: "not asked" },
} as const satisfies SettingShapes;

export const validate: StatementConstruct = {
  kind: "statement",
  words: ["validate"],
  within: ["route"],
  summary: "what header fields, query and media types must be like",
  written: ['validate { headers { "X-Name": TYPE }, query { name: TYPE? }, consumes: ["text/csv"], produces: ["text/csv"] }'],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, validate, context);
  const block = phrase.block("a block");
  if (!phrase.end() || block === undefined) return undefined;
  const { values } = readSettings(block, VALIDATE_SETTINGS, { owner: "`validate`", head: statement.word.span }, context);
  const consumes = readMedia(values.consumes, context);
  const produces = readMedia(values.produces, context);
  const { span } = statement;
  const checks: RequestChecks = {
    fields: [...readFields(values.headers, "header", context), ...readFields(values.query, "query", context)],
    ...(consumes === undefined ? {} : { consumes }),
    ...(produces === undefined ? {} : { produces }),
    span,
  };
  return { kind: "validate", checks, span };
}

function readFields(block: Block | undefined, where: CheckedField["in"], context: CheckContext): readonly CheckedField[] {
  const fields = (block?.entries ?? []).flatMap((entry) => readField(entry, where, context) ?? []);
  const firsts = new Map<string, CheckedField>();
  for (const field of fields) {
    if (firsts.has(field.name)) context.report(finding(checkedFieldForm, field.span, { found: `a second \`${field.name}\`` }));
    else firsts.set(field.name, field);
  }
  return [...firsts.values()];
}

function readField(entry: Entry, where: CheckedField["in"], context: CheckContext): CheckedField | undefined {
  if (entry.kind !== "setting" || entry.alias !== undefined) {
    context.report(finding(checkedFieldForm, entry.span, { found: `\`${context.written(entry.span, 40)}\`` }));
    return undefined;
  }
  const written = entry.key.kind === "name" ? entry.key.name : entry.key.value;
  if (where === "header" && !isHeaderName(written)) {
    context.report(finding(notAHeaderName, entry.key.span, { written }));
    return undefined;
  }
  const shape = readShape(entry, context);
  return shape && { in: where, name: where === "header" ? written.toLowerCase() : written, ...shape, span: entry.span };
}

function readShape({ value, span }: Setting, context: CheckContext): Pick<CheckedField, "type" | "isOptional" | "times"> | undefined {
  const declared = readType(value.terms, span, context.types(span.file), context.report);
  if (declared.kind === "poison") return undefined;
  const isOptional = declared.kind === "optional";
  const whole = declared.kind === "optional" ? declared.type : declared;
  const type = whole.kind === "list" ? whole.element : whole;
  if (!isCarriedByText(type)) {
    context.report(finding(checkedFieldType, value.span, { type: printType(declared) }));
    return undefined;
  }
  if (whole.kind !== "list") return { type, isOptional };
  return { type, isOptional, times: { least: Math.max(1, whole.minSize ?? 1), most: whole.maxSize ?? Number.MAX_SAFE_INTEGER } };
}

function readMedia(
  written: SettingsRead<typeof VALIDATE_SETTINGS>["values"]["consumes"],
  context: CheckContext,
): readonly string[] | undefined {
  if (written === undefined || !Array.isArray(written.value)) return undefined;
  const types = written.value.map(String);
  for (const type of types)
    if (!/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/.test(type))
      context.report(finding(notAMediaType, written.span, { written: type }));
  return types;
}
