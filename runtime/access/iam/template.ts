/**
 * Texts of policy documents, read once: characters, wildcards, and variables which are filled in for each request. Promises
 * that what a variable stands for is never a wildcard, and that a variable without value or default makes the text unknown.
 */
import type { ConditionKeys, PolicyDocument } from "../../contract/iam.ts";
import { anyText, type Glob, globOf, oneUnit } from "./glob.ts";

/** `fixed` where there are no variables, which is nearly always. */
export type Template = { readonly fixed: Glob } | { readonly fixed?: never; readonly slots: readonly Slot[] };
type Slot = number | { readonly key: string; readonly spare: string | undefined };

type Version = PolicyDocument["version"];

export function readTemplate(text: string, version: Version, wildcards: boolean): Template {
  return templateOf(readSlots(text, version, wildcards));
}

/** The six parts of an ARN pattern, cut at colons outside of variables; the sixth has all that is left. Undefined: it has not six. */
export function readArnTemplates(text: string, version: Version): readonly Template[] | undefined {
  const parts: Slot[][] = [[]];
  for (const slot of readSlots(text, version, true)) {
    if (slot === colon && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(slot);
  }
  return parts.length === 6 ? parts.map(templateOf) : undefined;
}

export function globFor(template: Template, keys: ConditionKeys): Glob | undefined {
  if (template.fixed !== undefined) return template.fixed;
  const units: number[] = [];
  for (const slot of template.slots) {
    if (typeof slot === "number") {
      units.push(slot);
      continue;
    }
    const values = keys(slot.key);
    const value = values?.length === 1 ? values[0] : slot.spare;
    if (value === undefined) return undefined;
    for (let at = 0; at < value.length; at++) units.push(value.charCodeAt(at));
  }
  return globOf(units);
}

const colon = 58;
const dollar = 36;
const openBrace = 123;

function templateOf(slots: readonly Slot[]): Template {
  const units = slots.filter((slot) => typeof slot === "number");
  return units.length === slots.length ? { fixed: globOf(units) } : { slots };
}

function readSlots(text: string, version: Version, wildcards: boolean): readonly Slot[] {
  const slots: Slot[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const close = version === "2012-10-17" && unit === dollar && text.charCodeAt(at + 1) === openBrace ? text.indexOf("}", at + 2) : -1;
    if (close >= 0) {
      slots.push(variable(text.slice(at + 2, close)));
      at = close;
    } else if (wildcards && unit === 42) slots.push(anyText);
    else if (wildcards && unit === 63) slots.push(oneUnit);
    else slots.push(unit);
  }
  return slots;
}

/** `*`, `?` and `$` are themselves; else `key` or `key, 'spare'`. What is neither stands for a key that no request has. */
function variable(inside: string): Slot {
  if (inside === "*" || inside === "?" || inside === "$") return inside.charCodeAt(0);
  const comma = inside.indexOf(",");
  if (comma < 0) return { key: inside.trim().toLowerCase(), spare: undefined };
  const spare = inside.slice(comma + 1).trim();
  const isQuoted = spare.length >= 2 && spare.startsWith("'") && spare.indexOf("'", 1) === spare.length - 1;
  if (!isQuoted) return { key: "", spare: undefined };
  return { key: inside.slice(0, comma).trim().toLowerCase(), spare: spare.slice(1, -1) };
}
