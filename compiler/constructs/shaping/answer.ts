/**
 * `answer KIND { status: ..., headers { ... }, body: ... }`: how refusals of a kind look. Promises: all of it is known when the program is compiled,
 * so nothing of a request or of a backend can come out; a refusal stays one.
 */
import type { NameNode, Phrase, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import { REFUSALS, type RefusalForm, type RefusalKind } from "../../model/every-answer.ts";
import { isHeaderValue } from "../../model/header-names.ts";
import { respondBody } from "../access/routing.diagnostics.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes, type SettingsRead } from "../settings.ts";
import { readFields } from "./constant-fields.ts";
import { refusalStatus, unknownRefusal } from "./shaping.diagnostics.ts";

export const ANSWER_SETTINGS = {
  status: { form: "constant", type: { kind: "int" }, doc: "the status, from 400 to 599", byDefault: "that of the kind" },
  headers: { form: "block", doc: "fields beside those that the refusal has" },
  body: { form: "phrase", doc: "a text or a record of constants", byDefault: "the problem (RFC 9457)" },
  type: {
    form: "constant",
    type: { kind: "string" },
    doc: "the media type of a body that is a text",
    byDefault: "`text/plain; charset=utf-8`",
  },
} as const satisfies SettingShapes;

type Values = SettingsRead<typeof ANSWER_SETTINGS>["values"];

const MANY: readonly RefusalKind[] = ["any", "client-errors", "server-errors"];
const KINDS: readonly RefusalKind[] = [...MANY, ...(Object.keys(REFUSALS) as (keyof typeof REFUSALS)[])];

export const answer: StatementConstruct = {
  kind: "statement",
  words: ["answer"],
  within: ["gateway", "api", "group", "route"],
  summary: "how refusals of a kind look: their status, fields and body",
  written: ["answer KIND { body: { name: value } }", 'answer KIND { status: STATUS, headers { "X-Name": "text" }, body: "text" }'],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, answer, context);
  const name = phrase.name("the kind of a refusal, or `any`");
  const block = phrase.block("a block");
  if (!phrase.end() || name === undefined || block === undefined) return undefined;
  const kind = kindOf(name, context);
  const { values } = readSettings(block, ANSWER_SETTINGS, { owner: "`answer`", head: statement.word.span }, context);
  const body = readBody(values, context);
  const headers = readFields(values.headers, context);
  const status = readStatus(values.status, context);
  if (kind === undefined) return undefined;
  const { span } = statement;
  const form: RefusalForm = { kind, ...(status === undefined ? {} : { status }), headers, ...(body === undefined ? {} : { body }), span };
  return { kind: "refusal", form, span };
}

/** Kinds are written with `_`. */
function kindOf({ name, span }: NameNode, context: CheckContext): RefusalKind | undefined {
  const kind = KINDS.find((known) => known.replaceAll("-", "_") === name);
  if (kind !== undefined) return kind;
  const known = KINDS.map((one) => one.replaceAll("-", "_"));
  context.report(finding(unknownRefusal, span, { name, meant: didYouMean(name, known), known }));
  return undefined;
}

function readStatus(written: Values["status"], context: CheckContext): number | undefined {
  if (written === undefined) return undefined;
  const status = Number(written.value);
  if (status >= 400 && status <= 599) return status;
  context.report(finding(refusalStatus, written.span, { status }));
  return undefined;
}

function readBody({ body, type }: Values, context: CheckContext): RefusalForm["body"] {
  if (body === undefined) return undefined;
  const value = constantOf(body, context);
  if (typeof value === "string") {
    const said = typeof type?.value === "string" && isHeaderValue(type.value) ? type.value : "text/plain; charset=utf-8";
    return { type: said, text: value };
  }
  if (typeof value === "object" && !Array.isArray(value)) return { type: "application/json", text: JSON.stringify(value) };
  if (value !== undefined) context.report(finding(respondBody, body.span, {}));
  return undefined;
}

function constantOf(body: Phrase, context: CheckContext): unknown {
  const expr = checkValue(body, context.place(body.span.file, { kind: "nothing", what: "the body of an `answer`" }), context.report);
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (value === undefined) context.report(finding(respondBody, expr.span, {}));
  return value;
}
