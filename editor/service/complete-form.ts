/** Behind the first word of a statement: what its forms have next. */
import { NAMESPACE_OF, type DeclarationKind } from "../../compiler/bind/declaration.ts";
import { BACKEND_KINDS } from "../../compiler/constructs/core/backend.ts";
import { IDENTITY_KINDS } from "../../compiler/constructs/core/identity.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { EXPECTATION_FORMS } from "../../compiler/constructs/access/tests/expectation.ts";
import { REQUEST_FORMS } from "../../compiler/constructs/access/tests/request-shape.ts";
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { declaredNames } from "./complete-names.ts";
import { expressionWords, isOperand, operators } from "./complete-expression.ts";
import { typeNames } from "./complete-types.ts";
import type { Piece } from "./situation.ts";
import { type Next, nextIn } from "./written-form.ts";

export function afterWord(place: CompletionPlace): readonly Candidate[] {
  const { entry } = place;
  const [word] = entry;
  const isRequest = place.braces?.head[0]?.text === "test";
  if (word === undefined) return [];
  if (isRequest) return afterRequest(place);
  const constructs = CONSTRUCTS.filter(
    ({ words, within }) => words.includes(word.text) && (place.within === undefined || within.includes(place.within)),
  );
  const written = constructs.flatMap(({ written: forms }) => forms);
  const kinds = kindForms(word.text, entry);
  const next = [...written, ...kinds].flatMap((form) => nextIn(form, entry));
  if (constructs.length === 0) return expressionWords(place, entry);
  const last = entry.at(-1)?.text ?? "";
  // Behind an operator the form cannot go on.
  const isOpen = next.some((one) => one.kind === "slot" && one.begun) && entry.length > 1 && !isOperand(last);
  return unique(isOpen ? next.filter((one) => one.kind === "slot") : next).flatMap((one) => ofNext(place, one));
}

/** `identity NAME =` or `backend NAME =`, and then what each kind is written as. */
function kindForms(word: string, entry: readonly Piece[]): readonly string[] {
  const kinds = word === "identity" ? IDENTITY_KINDS : word === "backend" ? BACKEND_KINDS : undefined;
  if (kinds === undefined || entry.length < 3) return [];
  return [...kinds.values()].flatMap(({ written }) => written.map((form) => (form.startsWith(word) ? form : `${word} NAME = ${form}`)));
}

/** The parts of a request come in any order, each behind its word. */
function afterRequest(place: CompletionPlace): readonly Candidate[] {
  const { entry } = place;
  const expected = entry.findLastIndex(({ text }) => text === "expect");
  if (expected !== -1)
    return unique(EXPECTATION_FORMS.flatMap((form) => nextIn(form, entry.slice(expected)))).flatMap((one) => ofNext(place, one));
  const words = [...REQUEST_FORMS.join(" ").matchAll(/(?<=\s)[a-z]+(?= (?:[A-Z{]))/g)].map(([part]) => part);
  const last = entry.at(-1)?.text;
  if (last === "as") return declaredNames(place, ["identity"]);
  if (last === "stage") return stages(place);
  if (last !== undefined && words.includes(last)) return expressionWords(place, []);
  const given = new Set(entry.map(({ text }) => text));
  return words.filter((part) => !given.has(part)).map((label) => ({ label, kind: "keyword" }));
}

export const stages = ({ seen }: CompletionPlace): readonly Candidate[] =>
  [...seen.quick.bound.stages.keys()].map((label) => ({ label, kind: "stage" as const, rank: 1 }));

function unique(next: readonly Next[]): readonly Next[] {
  return [...new Map(next.map((one) => [JSON.stringify(one), one])).values()];
}

/** What the user brings, but nobody can guess. */
const UNGUESSED: ReadonlySet<string> = new Set(["NAME", "CIDR", "N", "STATUS", "FILE", "PARAMETER", "COLUMN", "PORT"]);

function ofNext(place: CompletionPlace, next: Next): readonly Candidate[] {
  switch (next.kind) {
    case "word":
      return /^[a-z]/.test(next.text)
        ? [{ label: next.text, kind: "keyword", rank: 0 }]
        : next.text.length > 1
          ? [{ label: next.text, kind: "operator", rank: 0 }]
          : [];
    case "block":
      return [{ label: "{ }", kind: "snippet", insert: "{\n\t$0\n}", isSnippet: true, rank: 4 }];
    case "slot":
      return next.begun ? begun(place, next.name) : brought(place, next.name);
  }
}

function brought(place: CompletionPlace, name: string): readonly Candidate[] {
  const kind = name.toLowerCase();
  if (name === "KIND") return kindNames(place.entry[0]?.text);
  if (name === "TYPE") return typeNames(place);
  if (name === "STAGE") return stages(place);
  if (Object.hasOwn(NAMESPACE_OF, kind)) return declaredNames(place, [kind as DeclarationKind]);
  return UNGUESSED.has(name) ? [] : expressionWords(place, slotPieces(place));
}

function kindNames(word: string | undefined): readonly Candidate[] {
  const kinds = word === "backend" ? BACKEND_KINDS : IDENTITY_KINDS;
  return [...kinds].map(([label, { written }]) => ({
    label,
    kind: "keyword",
    documentation: `\`\`\`gwl\n${written.join("\n")}\n\`\`\``,
    rank: 0,
  }));
}

/** Behind a finished operand operators go on; behind an operator the next operand stands. */
function begun(place: CompletionPlace, name: string): readonly Candidate[] {
  if (UNGUESSED.has(name)) return [];
  const pieces = slotPieces(place);
  if (name === "IDENTITY") return place.entry.at(-1)?.text === "or" ? declaredNames(place, ["identity"]) : [];
  if (name === "NETWORK")
    return /^[+&-]$/.test(place.entry.at(-1)?.text ?? "") ? declaredNames(place, ["network"]) : operators(["+", "-", "&"]);
  if (name === "TYPE") return /^[|<]$/.test(place.entry.at(-1)?.text ?? "") ? typeNames(place) : [];
  return Object.hasOwn(NAMESPACE_OF, name.toLowerCase()) ? [] : expressionWords(place, pieces);
}

const slotPieces = ({ entry }: CompletionPlace): readonly Piece[] => entry.slice(1);
