/** `"X-Name": TEXT` in a block of header fields, whoever has such a block. Promises: a name that programs may set there, once, with a value that a field can have. */
import type { Block, Entry } from "../../grammar/ast.ts";
import { finding } from "../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../check/context.ts";
import { checkValue } from "../check/expressions/check-expression.ts";
import { evaluateConstant } from "../check/expressions/evaluate-constant.ts";
import type { Expr } from "../model/expression.ts";
import { guardReason, isHeaderName, isHeaderValue } from "../model/header-names.ts";
import { responseHeader } from "./core/backend/backend.diagnostics.ts";

/** `name` in lower case. */
export type HeaderEntry<Value> = { readonly name: string; readonly value: Value };
type Owner = {
  /** As in `a header of an \`http\` backend`. */
  readonly what: string;
  /** Why the field cannot be set here, where there is more to it than what holds for all. */
  readonly refused?: (name: string) => string | undefined;
};

/** Values that are texts once the program is compiled. */
export function constantHeaders(block: Block | undefined, owner: Owner, context: CheckContext): readonly HeaderEntry<string>[] {
  return readEntries(block, owner, context, ({ value, refuse }) => {
    const text = evaluateConstant(value);
    if (typeof text !== "string") return refuse("its value must be known when the program is compiled");
    return isHeaderValue(text) ? text : refuse(noFieldValue);
  });
}

/** Values that the start may bring. */
export function lateHeaders(block: Block | undefined, owner: Owner, context: CheckContext): readonly HeaderEntry<Expr>[] {
  return readEntries(block, owner, context, ({ value, refuse }) => {
    const text = evaluateConstant(value);
    return typeof text === "string" && !isHeaderValue(text) ? refuse(noFieldValue) : value;
  });
}

const noFieldValue = "its value has characters that no header may have";

type Given = { readonly value: Expr; readonly refuse: (why: string) => undefined };
type Take<Value> = (given: Given) => Value | undefined;

function readEntries<Value>(
  block: Block | undefined,
  owner: Owner,
  context: CheckContext,
  take: Take<Value>,
): readonly HeaderEntry<Value>[] {
  const seen = new Set<string>();
  return (block?.entries ?? []).flatMap((entry) => readEntry(entry, seen, owner, context, take) ?? []);
}

function readEntry<Value>(
  entry: Entry,
  seen: Set<string>,
  { what, refused }: Owner,
  context: CheckContext,
  take: Take<Value>,
): HeaderEntry<Value> | undefined {
  const report = (name: string, why: string): undefined => {
    context.report(finding(responseHeader, entry.kind === "setting" ? entry.key.span : entry.span, { name, why }));
    return undefined;
  };
  if (entry.kind !== "setting") return report(context.written(entry.span, 40), "it is not `NAME: TEXT`");
  const written = entry.key.kind === "name" ? entry.key.name : entry.key.value;
  const name = written.toLowerCase();
  const place = context.place(entry.span.file, { kind: "nothing", what });
  const value = checkValue(entry.value, place, context.report, { kind: "string" });
  const isNamed = isHeaderName(name);
  const why = isNamed ? (refused?.(name) ?? guardReason(name)) : "it is not the name of a field";
  const again = why ?? (seen.has(name) ? "it is set twice" : undefined);
  seen.add(name);
  if (again !== undefined) return report(written, again);
  if (value.type.kind === "poison") return undefined;
  const taken = take({ value, refuse: (reason) => report(written, reason) });
  return taken === undefined ? undefined : { name, value: taken };
}
