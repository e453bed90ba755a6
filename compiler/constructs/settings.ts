/**
 * Settings of a block, described as a table and read by one function. Promises: unknown, missing, duplicate and
 * ill-typed settings are reported in one manner for every word. Must not know what any setting means.
 */
import type { Block, Entry, Phrase, Setting, Statement } from "../../grammar/ast.ts";
import { finding } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { CheckContext } from "../check/context.ts";
import { didYouMean } from "../check/did-you-mean.ts";
import { checkValue } from "../check/expressions/check-expression.ts";
import { evaluateConstant } from "../check/expressions/evaluate-constant.ts";
import type { Expr } from "../model/expression.ts";
import type { Value } from "../model/types.ts";
import type { Within } from "./piece.ts";
import type { SettingShape, SettingShapes } from "./setting-shape.ts";
import {
  duplicateSetting,
  missingSetting,
  notSupportedYet,
  settingForm,
  settingNotConstant,
  strayEntry,
  unknownSetting,
} from "./frame.diagnostics.ts";

export type { SettingShape, SettingShapes } from "./setting-shape.ts";

type ReadAs<Shape extends SettingShape> = Shape["form"] extends "value"
  ? Expr
  : Shape["form"] extends "constant"
    ? { readonly value: Value; readonly span: Span }
    : Shape["form"] extends "phrase"
      ? Phrase
      : Block;

/** What was read; a setting that is absent or broken is undefined. `places` has the key's span of all that were written, good or not. */
export type SettingsRead<Shapes extends SettingShapes> = {
  readonly values: { readonly [Name in keyof Shapes]: ReadAs<Shapes[Name]> | undefined };
  readonly places: ReadonlyMap<string, Span>;
};

/** Who has the settings. `owner` as in "a `jwt` identity"; `later` are settings that are known but not supported yet. */
export type SettingsOwner = {
  readonly owner: string;
  readonly head: Span;
  readonly later?: ReadonlySet<string>;
  /** The caller reads the block's statements itself, as those of this place; only settings and the described blocks are read here. */
  readonly statements?: Within;
};

export function readSettings<const Shapes extends SettingShapes>(
  block: Block,
  shapes: Shapes,
  owner: SettingsOwner,
  context: CheckContext,
): SettingsRead<Shapes> {
  context.listener?.settings(block, shapes, owner.owner);
  const places = new Map<string, Span>();
  const misspelt = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const entry of block.entries) {
    const written = writtenSetting(entry, shapes, owner, context, misspelt);
    if (written === undefined) continue;
    const first = places.get(written.name);
    if (first !== undefined) {
      context.report(finding(duplicateSetting, written.span, { name: written.name }, [{ span: first, message: "first set here" }]));
      continue;
    }
    places.set(written.name, written.span);
    values[written.name] = readOne(written, owner, context);
  }
  const missing = Object.entries(shapes).flatMap(([name, { required, unless, doc }]) =>
    required && ![name, unless].some((one) => one !== undefined && (places.has(one) || misspelt.has(one))) ? [{ name, doc }] : [],
  );
  if (missing.length > 0) context.report(finding(missingSetting, owner.head, { missing, owner: owner.owner }));
  return { values: values as SettingsRead<Shapes>["values"], places };
}

type Written = { readonly name: string; readonly span: Span; readonly shape: SettingShape; readonly entry: Setting | Statement };

/** What a misspelt setting most likely means goes to `misspelt`: it is not missing as well. */
function writtenSetting(
  entry: Entry,
  shapes: SettingShapes,
  owner: SettingsOwner,
  context: CheckContext,
  misspelt: Set<string>,
): Written | undefined {
  if (entry.kind === "statement" && owner.statements !== undefined && !Object.hasOwn(shapes, entry.word.name)) return undefined;
  if (entry.kind === "item" || entry.kind === "row") {
    const what = entry.kind === "row" ? "a table row" : `\`${context.written(entry.span, 40)}\``;
    context.report(finding(strayEntry, entry.span, { what, place: owner.owner }));
    return undefined;
  }
  const key = entry.kind === "setting" ? entry.key : entry.word;
  const name = key.kind === "name" ? key.name : key.value;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) {
    if (owner.later?.has(name)) {
      context.report(finding(notSupportedYet, key.span, { what: `\`${name}\` of ${owner.owner}`, instead: undefined }));
    } else {
      const known = Object.keys(shapes);
      const meant = didYouMean(name, known);
      if (meant !== undefined) misspelt.add(meant);
      const form = owner.statements === undefined ? undefined : context.formOf(name, owner.statements);
      context.report(finding(unknownSetting, key.span, { name, owner: owner.owner, form, meant, known }));
    }
    return undefined;
  }
  return { name, span: key.span, shape, entry };
}

function readOne({ name, span, shape, entry }: Written, owner: SettingsOwner, context: CheckContext): unknown {
  if (shape.form === "block") {
    const [first, ...more] = entry.kind === "statement" ? entry.phrase.terms : [];
    if (first?.kind === "block" && more.length === 0) return first;
    context.report(finding(settingForm, span, { name, form: `\`${name} { ... }\`` }));
    return undefined;
  }
  if (entry.kind === "statement") {
    context.report(finding(settingForm, span, { name, form: `\`${name}: ...\`` }));
    return undefined;
  }
  if (shape.form === "phrase") return entry.value;
  const place = context.place(span.file, { kind: "nothing", what: `\`${name}\` of ${owner.owner}` });
  const expr = checkValue(entry.value, place, context.report, shape.type);
  if (expr.type.kind === "poison") return undefined;
  if (shape.form === "value") return expr;
  const value = evaluateConstant(expr);
  if (value !== undefined) return { value, span: expr.span };
  context.report(finding(settingNotConstant, expr.span, { name, owner: owner.owner }));
  return undefined;
}
