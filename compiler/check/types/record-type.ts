/** Record types: `{ name: Type, other: Type? }`. Knows of the types of fields only how to ask for them. */
import type { Entry, Term } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Field, Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import { forbiddenField, repeatedField, wrongField } from "./diagnostics.ts";
import { fieldAdvice } from "./habits.ts";

export function readRecordType(entries: readonly Entry[], report: Report, read: (terms: readonly Term[], around: Span) => Type): Type {
  const fields: Field[] = [];
  const seen = new Map<string, Span>();
  for (const entry of entries) {
    if (entry.kind !== "setting" || entry.alias !== undefined) {
      report(finding(wrongField, entry.span, { hint: fieldAdvice(entry) }));
      continue;
    }
    const name = entry.key.kind === "name" ? entry.key.name : entry.key.value;
    const type = read(entry.value.terms, entry.value.span);
    const first = seen.get(name);
    if (first !== undefined) report(finding(repeatedField, entry.key.span, { name }, [{ span: first, message: "first here" }]));
    else if (name === "__proto__") report(finding(forbiddenField, entry.key.span, {}));
    else {
      seen.set(name, entry.key.span);
      fields.push({ name, type });
    }
  }
  return { kind: "record", fields };
}
