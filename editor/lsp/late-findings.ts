/**
 * Findings that only a pause in typing brings, between two pauses. Promises: after an edit they stand where their text went; one whose text
 * was edited is gone until the next pause. So they do not come and go with each keystroke.
 */
import type { Edit, Finding, Findings } from "../service/answers.ts";
import type { Range } from "../service/places.ts";

/** Of `all` those that the first pass does not have. */
export function lateFindings(quick: Findings, all: Findings): Findings {
  const late = new Map<string, readonly Finding[]>();
  for (const [path, findings] of all) {
    const known = new Set((quick.get(path) ?? []).map(identityOf));
    const rest = findings.filter((finding) => !known.has(identityOf(finding)));
    if (rest.length > 0) late.set(path, rest);
  }
  return late;
}

export function withLate(quick: Findings, late: Findings): Findings {
  const both = new Map(quick);
  for (const [path, findings] of late) both.set(path, [...(quick.get(path) ?? []), ...findings]);
  return both;
}

export function afterEdit(late: Findings, edit: Edit): Findings {
  const moved = new Map<string, readonly Finding[]>();
  for (const [path, findings] of late)
    moved.set(
      path,
      findings.flatMap((finding) => movedFinding(finding, edit)),
    );
  return moved;
}

const identityOf = ({ code, range, message }: Finding): string => `${code} ${range.start} ${range.end} ${message}`;

function movedFinding(finding: Finding, edit: Edit): readonly Finding[] {
  const range = movedRange(finding.range, edit);
  if (range === undefined) return [];
  const related = finding.related.flatMap((one) => {
    const place = movedRange(one.range, edit);
    return place === undefined ? [] : [{ ...one, range: place }];
  });
  return [{ ...finding, range, related }];
}

/** Undefined where the edit touches it. */
function movedRange(range: Range, edit: Edit): Range | undefined {
  if (edit.path !== range.path || edit.start >= range.end) return range;
  if (edit.end > range.start) return undefined;
  const by = edit.text.length - (edit.end - edit.start);
  return { path: range.path, start: range.start + by, end: range.end + by };
}
