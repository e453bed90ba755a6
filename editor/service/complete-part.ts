/** Behind `name:` of a part of `compose`, and of a record whose values are expressions. */
import { PART_WRITTEN } from "../../compiler/constructs/shaping/compose-part.ts";
import type { Candidate } from "./candidate.ts";
import { expressionWords } from "./complete-expression.ts";
import { declaredNames } from "./complete-names.ts";
import { typeNames } from "./complete-types.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { nextIn } from "./written-form.ts";

/** What is written between path and arrow may be left out, each by itself. */
const PART_FORMS = [
  ...PART_WRITTEN,
  ...PART_WRITTEN.map((form) => form.replace(/ query \{[^}]*\}/, "")),
  ...PART_WRITTEN.map((form) => form.replace(/ path \{[^}]*\}/, "")),
];

/** Undefined where the braces around hold neither. `colon` is the place of `:` in the entry. */
export function partOrRecordValue(place: CompletionPlace, colon: number): readonly Candidate[] | undefined {
  const { braces, entry, open } = place;
  if (braces?.head[0]?.text === "compose") return partWords(place);
  const isMap = open.some(({ head: [word, what] }) => word?.text === "map" && (what?.text === "body" || what?.text === "response"));
  const isOfPart = ["path", "query"].includes(braces?.head.at(-1)?.text ?? "");
  return isMap || isOfPart ? expressionWords(place, entry.slice(colon + 1)) : undefined;
}

function partWords(place: CompletionPlace): readonly Candidate[] {
  const { entry } = place;
  switch (entry.at(-1)?.text) {
    case ":":
      return [{ label: "GET", kind: "keyword", rank: 0 }];
    case "->":
      return declaredNames(place, ["backend"]);
    case "returns":
      return typeNames(place);
    default: {
      const words = PART_FORMS.flatMap((form) => nextIn(form, entry)).flatMap((next) => (next.kind === "word" ? [next.text] : []));
      return [...new Set(words)].filter((text) => /^(?:->|[a-z]+)$/.test(text)).map((label) => ({ label, kind: "keyword", rank: 0 }));
    }
  }
}
