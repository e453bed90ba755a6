/** Behind `name:` of a setting, a claim, a stage. */
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { declaredNames } from "./complete-names.ts";
import { expressionWords } from "./complete-expression.ts";
import { partOrRecordValue } from "./complete-part.ts";
import { typeNames } from "./complete-types.ts";
import { valuesOf } from "./type-values.ts";

/** Undefined where this is no setting. */
export function settingValue(place: CompletionPlace): readonly Candidate[] | undefined {
  const { entry, settings, braces } = place;
  const colon = entry.findIndex(({ text }) => text === ":");
  const isSetting = colon === 1 || (colon === 3 && entry[1]?.text === "as");
  if (!isSetting) return undefined;
  const value = partOrRecordValue(place, colon);
  if (value !== undefined) return value;
  if (place.within !== undefined && settings === undefined) return undefined;
  const shape = settings?.shapes[entry[0]?.text ?? ""];
  if (shape !== undefined) return "type" in shape ? [...valuesOf(shape.type), ...constants(place)] : constants(place);
  const words = new Set(place.open.map(({ head }) => head[0]?.text));
  if (braces?.head.at(-1)?.text === "stage") return constants(place);
  return words.has("test") ? expressionWords(place, []) : typeNames(place);
}

const constants = (place: CompletionPlace): readonly Candidate[] => [
  ...declaredNames(place, ["let", "env", "secret", "network"]),
  ...stageValue(place),
];

/** One value for each stage. */
function stageValue({ seen }: CompletionPlace): readonly Candidate[] {
  const names = [...seen.quick.bound.stages.keys()];
  if (names.length === 0) return [];
  const insert = `stage { ${names.map((name, at) => `${name}: \${${at + 1}}`).join(", ")} }`;
  return [{ label: "stage { ... }", kind: "snippet", detail: "a value for each stage", insert, isSnippet: true, rank: 4 }];
}
