/** `header: "X-Token"`: where a token stands. Promises: the field is one that arrives as sent and is read by nobody else (D20). */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { guardReason, isHeaderName } from "../../../model/header-names.ts";
import type { Value } from "../../../model/types.ts";
import { tokenHeader } from "./jwt.diagnostics.ts";

/** The fields that the setting names: one, or none. */
export function readTokenSource(
  header: { readonly value: Value; readonly span: Span } | undefined,
  context: CheckContext,
): readonly string[] {
  if (header === undefined || typeof header.value !== "string") return [];
  const name = header.value.toLowerCase();
  const why = headerProblem(name);
  if (why !== undefined) context.report(finding(tokenHeader, header.span, { header: header.value, why }));
  return [name];
}

/** Beside those that the gateway writes. */
const TAKEN: ReadonlySet<string> = new Set(["content-type", "cookie", "forwarded"]);

function headerProblem(name: string): string | undefined {
  if (name.includes("_")) return "fields with `_` are refused, as servers take them for `-`";
  if (!isHeaderName(name)) return "is not the name of a field";
  if (name === "authorization") return "is read as `Bearer TOKEN` where no header is named";
  return TAKEN.has(name) || guardReason(name) !== undefined ? "has a meaning of its own" : undefined;
}
