/** `stage { dev: ..., prod: ... }`: a value for every stage of the program, each once. */
import type { Block, NameNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { spanning, type Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import { didYouMean } from "../did-you-mean.ts";
import { join } from "../types/join.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, type Hint, isPoison, poison, refuse } from "./context.ts";
import { declaredAt } from "./describe.ts";
import { unknownWord } from "./name.diagnostics.ts";
import { unreadable } from "./readable.ts";
import { branchesDiffer, missingStageValue, repeatedEntry, wrongEntry } from "./type.diagnostics.ts";

export function inferStageValue(word: NameNode, block: Block, context: Context, hint: Hint | undefined): Expr {
  const span = spanning(word.span, block.span);
  const refused = unreadable("stage", "start", word.span, context);
  if (refused !== undefined) return refused;
  const values = new Map<string, Expr>();
  const keys = new Map<string, Span>();
  let broken = false;
  let malformed = false;
  for (const entry of block.entries) {
    const key = entry.kind === "setting" && entry.alias === undefined && entry.key.kind === "name" ? entry.key : undefined;
    if (entry.kind !== "setting" || key === undefined) {
      context.report(finding(wrongEntry, entry.span, { what: "`stage`", form: "NAME: value" }));
      malformed = true;
      continue;
    }
    const value = context.value(entry.value.terms, entry.value.span, context, hint);
    if (wrongKey(key, keys, context) || isPoison(value)) broken = true;
    else values.set(key.name, value);
    if (!keys.has(key.name)) keys.set(key.name, key.span);
  }
  const missing = context.place.stages.filter((stage) => !keys.has(stage));
  if (malformed) return poison(span);
  if (missing.length > 0) {
    const related = missing.flatMap((stage) => declaredAt(context.place.stagePlaces?.get(stage), `\`${stage}\` is a stage here`));
    return refuse(context, missingStageValue, span, { missing }, related);
  }
  return broken ? poison(span) : joined(values, span, context);
}

function wrongKey(key: NameNode, seen: ReadonlyMap<string, Span>, context: Context): boolean {
  const { name, span } = key;
  const first = seen.get(name);
  if (first !== undefined) refuse(context, repeatedEntry, span, { name }, [{ span: first, message: "first here" }]);
  const known = context.place.stages;
  const unknown = first === undefined && !known.includes(name);
  if (unknown) refuse(context, unknownWord, span, { what: "stage", name, meant: didYouMean(name, known), known });
  return first !== undefined || unknown;
}

function joined(values: ReadonlyMap<string, Expr>, span: Span, context: Context): Expr {
  const [first, ...others] = values.values();
  if (first === undefined) return refuse(context, missingStageValue, span, { missing: ["NAME"] });
  let type = first.type;
  for (const value of others) {
    const both = join(type, value.type);
    if (both === undefined) {
      const types = { first: shortType(type), second: shortType(value.type), where: "the values of the stages" };
      return refuse(context, branchesDiffer, value.span, types, [{ span: first.span, message: `is \`${types.first}\`` }]);
    }
    type = both;
  }
  return { op: "stageValue", values: Object.fromEntries(values), type, span };
}
