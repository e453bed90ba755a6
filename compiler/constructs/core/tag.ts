/** `tag NAME: "a" | "b"`: a fact that routes may state about themselves, and the values it may have. */
import { defineError, finding } from "../../../grammar/source/diagnostic.ts";
import type { NameNode } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { baseOf } from "../../check/types/built-in-types.ts";
import { readType } from "../../check/types/read-type.ts";
import { TAG_KEY, TAG_LIMIT_DIAGNOSTICS, TAG_VALUE, tagsAlike, tagText } from "../../check/tag-limits.ts";
import type { TagDeclaration } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const tagValues = defineError({
  code: "GWL3606",
  name: "tag-values",
  message: () => "the values of a tag are texts that are listed",
  help: () => 'write `tag data: "public" | "internal"`, so that a misspelt value does not compile',
});

export const TAG_DIAGNOSTICS = [tagValues, ...TAG_LIMIT_DIAGNOSTICS] as const;

export const tag: DeclarationConstruct<"tag"> = {
  kind: "declaration",
  words: ["tag"],
  within: ["file"],
  summary: "a label for routes, with the values that it may have",
  written: ['tag NAME: "VALUE" | "VALUE"'],
  declares: "tag",
  mean: readTag,
};

function readTag({ statement, name, file }: Declaration, context: CheckContext): TagDeclaration | undefined {
  const phrase = readPhrase(statement, tag, context);
  phrase.name("a name");
  phrase.mark(":");
  const terms = phrase.rest();
  if (terms.length === 0) phrase.refuse("its values");
  if (!phrase.end()) return undefined;
  const type = readType(terms, statement.span, context.types(file), context.report);
  const base = baseOf(type);
  const values = base.kind === "literals" ? base.values.filter((value) => typeof value === "string") : [];
  if (base.kind !== "poison" && (base.kind !== "literals" || values.length < base.values.length)) {
    context.report(finding(tagValues, terms[0]?.span ?? statement.span, {}));
  }
  if (base.kind === "poison") return undefined;
  checkLimits(name, values, terms[0]?.span ?? statement.span, context);
  return { name: name.name, values, span: statement.span };
}

/** Tags of routes are read by IAM documents too, where a name has no case. */
function checkLimits(name: NameNode, values: readonly string[], span: Span, context: CheckContext): void {
  if (!TAG_KEY.test(name.name))
    context.report(finding(tagText, name.span, { what: "name", written: name.name.slice(0, 60), expected: "up to 128 characters" }));
  const expected = "up to 256 letters, digits, spaces and `_.:/=+-@`";
  for (const value of values)
    if (!TAG_VALUE.test(value)) context.report(finding(tagText, span, { what: "value", written: value.slice(0, 60), expected }));
  const alike = context.declared("tag").filter((other) => other.name.name.toLowerCase() === name.name.toLowerCase());
  const [first] = alike;
  if (first === undefined || first.name.name === name.name) return;
  const holes = { name: name.name, other: first.name.name };
  context.report(finding(tagsAlike, name.span, holes, [{ span: first.name.span, message: "declared here" }]));
}
