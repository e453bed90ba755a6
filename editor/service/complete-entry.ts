/** At the start of an entry: statements of the place, settings that are missing, names where a block lists names. */
import type { Construct } from "../../compiler/constructs/construct.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import type { SettingShape } from "../../compiler/constructs/setting-shape.ts";
import { printType } from "../../compiler/check/types/print-type.ts";
import { importsOf } from "../../compiler/load/named-files.ts";
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { declaredNames, NAMES_OF_KIND } from "./complete-names.ts";
import { claimsOf, textOfKey } from "./claims.ts";
import { describeWord } from "./words.ts";
import { snippetOf } from "./written-form.ts";

export function entryStart(place: CompletionPlace): readonly Candidate[] {
  const { within, settings } = place;
  const named = namesListed(place);
  if (named !== undefined) return named;
  return [...(settings === undefined ? [] : missingSettings(place)), ...(within === undefined ? [] : statements(place, within))];
}

function statements({ settings, taken }: CompletionPlace, within: Construct["within"][number]): readonly Candidate[] {
  return CONSTRUCTS.filter((construct) => construct.within.includes(within))
    .flatMap((construct) => construct.words.flatMap((word) => [keyword(construct, word), ...snippets(construct, word)]))
    .filter(({ label }) => settings === undefined || !taken.has(label));
}

function keyword(construct: Construct, word: string): Candidate {
  return { label: word, kind: "keyword", detail: construct.summary, documentation: describeWord(construct), rank: 2 };
}

/** Whole forms; a form that is the word alone is no more than the word. */
function snippets(construct: Construct, word: string): readonly Candidate[] {
  const [first] = construct.words;
  return construct.written.flatMap((form): readonly Candidate[] => {
    if (
      form === word ||
      (word !== first && construct.written.some((other) => other.startsWith(`${word} `)) && !form.startsWith(`${word} `))
    )
      return [];
    const label = form.replace(/^\S+/, word);
    return [{ label, kind: "snippet", detail: construct.summary, insert: snippetOf(form, word), isSnippet: true, rank: 3 }];
  });
}

function missingSettings({ settings, taken }: CompletionPlace): readonly Candidate[] {
  return Object.entries(settings?.shapes ?? {}).flatMap(([name, shape]) => {
    if (taken.has(name)) return [];
    const insert = shape.form === "block" ? `${name} {\n\t$0\n}` : `${name}: $0`;
    const detail = settingDetail(shape);
    return [
      {
        label: name,
        kind: "setting" as const,
        ...(detail === "" ? {} : { detail }),
        documentation: shape.doc,
        insert,
        isSnippet: true,
        rank: shape.required ? 0 : 1,
      },
    ];
  });
}

function settingDetail(shape: SettingShape): string {
  const type = "type" in shape ? printType(shape.type) : "";
  const need = shape.required ? "needed" : shape.byDefault === undefined ? "" : `without it ${shape.byDefault.replaceAll("`", "")}`;
  return [type, need].filter((part) => part !== "").join("; ");
}

/** Blocks whose entries are names of what is declared. */
function namesListed(place: CompletionPlace): readonly Candidate[] | undefined {
  const { braces, settings, within } = place;
  const [word] = braces?.head.map(({ text }) => text) ?? [];
  if (word === undefined || settings !== undefined) return undefined;
  if (word === "import") return importedNames(place);
  if (word === "network") return declaredNames(place, ["network"]);
  if (word === "tags")
    return declaredNames(place, ["tag"])
      .filter(({ label }) => !place.taken.has(label))
      .map((tag) => ({ ...tag, insert: `${tag.label}: "$0"`, isSnippet: true }));
  if (within === undefined && braces !== undefined)
    return testEntries(
      place,
      braces.head.map(({ text }) => text),
    );
  return undefined;
}

/** Requests in a test, claims of the caller in a request. */
function testEntries(place: CompletionPlace, head: readonly string[]): readonly Candidate[] | undefined {
  if (head[0] === "test") return methods();
  const identity = head.at(-2) === "as" ? head.at(-1) : undefined;
  const owner = place.seen.quick.bound.declarations.find((one) => one.kind === "identity" && one.name.name === identity);
  if (owner === undefined) return undefined;
  const names = ["sub", ...claimsOf(owner).map((claim) => textOfKey(claim.alias ?? claim.key))];
  return [...new Set(names)]
    .filter((name) => !place.taken.has(name))
    .map((label) => ({ label, kind: "field", insert: `${label}: $0`, isSnippet: true }));
}

function methods(): readonly Candidate[] {
  const route = CONSTRUCTS.find(({ words }) => words.length > 1);
  return (route?.words ?? []).map((label) => ({
    label,
    kind: "keyword",
    detail: "a request",
    insert: `${label} "/$1" expect $0`,
    isSnippet: true,
  }));
}

/** What the file that is named behind the braces declares. */
function importedNames({ seen, block, taken }: CompletionPlace): readonly Candidate[] {
  const written = importsOf(seen.tree).find(({ names }) => names !== undefined && names === block);
  const loaded = seen.quick.bound.loaded.files.find(({ file }) => file === seen.file);
  const target = loaded?.imports.find(({ statement }) => statement === written?.statement)?.target;
  return seen.quick.bound.declarations
    .filter(({ file, kind }) => (target === undefined ? file !== seen.file : file === target) && kind !== "api" && kind !== "tag")
    .filter(({ name }) => !taken.has(name.name))
    .map(({ kind, name, file, statement }) => ({
      label: name.name,
      kind: NAMES_OF_KIND[kind],
      detail: file,
      ...(statement.doc === undefined ? {} : { documentation: statement.doc }),
    }));
}
