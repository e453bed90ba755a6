/** `gwl 1`: the edition of the language that a file is written in. Promises: no file is read by another edition's rules. */
import type { FileNode, Statement } from "../../../grammar/ast.ts";
import { defineError, finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { HeadConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const missingEdition = defineError({
  code: "GWL3601",
  name: "missing-edition",
  message: () => "this file does not say which edition of GWL it is written in",
  help: () => "start the file with `gwl 1`, so that later editions of the language leave its meaning alone",
  replacement: () => ({ title: "start with `gwl 1`", text: "gwl 1\n\n" }),
});

export const editionNotFirst = defineError({
  code: "GWL3602",
  name: "edition-not-first",
  message: () => "the edition is said once, on the first line",
  help: () => "move `gwl 1` before everything else, and remove others",
});

export const unknownEdition = defineError<{ written: string }>({
  code: "GWL3603",
  name: "unknown-edition",
  message: ({ written }) => `this compiler does not know edition ${written} of GWL`,
  help: () => "it knows edition 1: write `gwl 1`, or use a newer compiler",
});

export const EDITION_DIAGNOSTICS = [missingEdition, editionNotFirst, unknownEdition] as const;

export const gwl: HeadConstruct = {
  kind: "head",
  words: ["gwl"],
  within: ["file"],
  summary: "the edition of the language, on the first line of each file",
  written: ["gwl 1"],
  read: readEdition,
  checkFile: checkPlace,
};

function readEdition(statement: Statement, context: CheckContext): void {
  const phrase = readPhrase(statement, gwl, context);
  const edition = phrase.expression("the number of the edition");
  if (!phrase.end() || edition === undefined) return;
  if (edition.kind === "int" && edition.text === "1") return;
  context.report(finding(unknownEdition, edition.span, { written: `\`${context.written(edition.span, 40)}\`` }));
}

function checkPlace(tree: FileNode, context: CheckContext): void {
  const [first, ...more] = tree.entries;
  const isEdition = (entry: typeof first): entry is Statement => entry?.kind === "statement" && entry.word.name === "gwl";
  const late = more.filter(isEdition);
  for (const entry of late) context.report(finding(editionNotFirst, entry.word.span, {}));
  if (late.length === 0 && !isEdition(first)) context.report(finding(missingEdition, { file: tree.file, start: 0, end: 0 }, {}));
}
