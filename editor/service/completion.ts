/** What may be written at the cursor. Promises: candidates of the place and no others; also in broken text; the editor filters what was typed. */
import type { Completion } from "./answers.ts";
import type { Candidate } from "./candidate.ts";
import { completionPlace, type CompletionPlace } from "./completion-place.ts";
import { entryStart } from "./complete-entry.ts";
import { insideText } from "./complete-text.ts";
import { behindDot, expressionWords } from "./complete-expression.ts";
import { afterWord } from "./complete-form.ts";
import { typeNames } from "./complete-types.ts";
import { settingValue } from "./complete-setting.ts";
import type { Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import type { Workspace } from "./workspace.ts";

export async function completions(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<readonly Completion[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const place = completionPlace(workspace, seen, offset);
  if (place.isComment || /^[0-9]/.test(place.typed)) return [];
  const unique = new Map<string, Completion>();
  for (const candidate of candidates(place)) {
    const { label, kind } = candidate;
    if (unique.has(`${kind} ${label}`)) continue;
    const inText = place.text === undefined ? place : { start: place.text.start + 1, end: offset };
    unique.set(`${kind} ${label}`, {
      insert: label,
      isSnippet: false,
      edits: [],
      rank: 5,
      ...candidate,
      replace: { path, start: inText.start, end: Math.max(inText.end, inText.start) },
    });
  }
  return [...unique.values()].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

function candidates(place: CompletionPlace): readonly Candidate[] {
  if (place.text !== undefined) return insideText(place);
  const inner = place.open.at(-1);
  if (place.entry.at(-1)?.text === ".") return behindDot(place);
  const isParameter = inner?.bracket === "(" && inner.head[0]?.text === "policy";
  if (isParameter)
    return place.entry.some(({ text }) => text === ":") && !place.entry.some(({ text }) => text === "=") ? typeNames(place) : [];
  if (inner !== undefined && inner.bracket !== "{") return expressionWords(place, place.entry);
  if (place.entry.length === 0) return entryStart(place);
  return settingValue(place) ?? afterWord(place);
}
