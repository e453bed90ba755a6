/** Types where one is written: built in, collections, and those that the program declares. */
import { BUILT_IN_TYPES, COLLECTIONS } from "../../compiler/check/types/built-in-types.ts";
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { declaredNames } from "./complete-names.ts";

export function typeNames(place: CompletionPlace): readonly Candidate[] {
  return [
    ...declaredNames(place, ["type"]),
    ...[...BUILT_IN_TYPES.keys()].map((label): Candidate => ({ label, kind: "type", rank: 3 })),
    ...[...COLLECTIONS.keys()].map(
      (label): Candidate => ({ label: `${label}<>`, kind: "type", insert: `${label}<$1>$0`, isSnippet: true, rank: 3 }),
    ),
  ];
}
