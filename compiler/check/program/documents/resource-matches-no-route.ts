/**
 * A resource of a document that no route has: it allows or denies nothing. Promises: what is reported matches no call; parameters,
 * variables and names that the start brings are taken for any text, so not all such resources are found.
 */
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { PlacedRoute } from "../../../model/placed-route.ts";
import type { Survey } from "../rules-in-force.ts";
import { resourceMatchesNoRoute } from "./documents.diagnostics.ts";
import { placedDocuments } from "./placed-documents.ts";

/** Beyond this many comparisons a program is too large for a warning. */
const MOST = 200_000;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function checkResources(survey: Survey): readonly Diagnostic[] {
  const stages = survey.program.stages.length === 0 ? ["$default"] : survey.program.stages;
  // One file may stand at several levels; it is enough that a resource is somewhere.
  return [...Map.groupBy(placedDocuments(survey), ({ file }) => file.span.file).values()].flatMap((uses) => {
    const [first] = uses;
    if (first === undefined) return [];
    const { file } = first;
    const calls = uses.flatMap(({ routes }) => routes.flatMap((placed) => callsOf(placed, stages)));
    const count = file.document.statements.reduce((sum, { resources }) => sum + resources.items.length, 0);
    if (calls.length === 0 || count * calls.length > MOST) return [];
    const example = `execute-api:/${(calls[0] ?? "").replaceAll(PARAMETER, "*")}`;
    return file.document.statements.flatMap(({ resources }, number) =>
      resources.items.flatMap((resource, at) => {
        const span = file.places[number]?.resources[at];
        if (span === undefined || calls.some((call) => mayMatch(resource, call))) return [];
        return [finding(resourceMatchesNoRoute, span, { resource, route: example })];
      }),
    );
  });
}

/** Stands for a parameter: any text of one segment. No path that a program can say holds it. */
const PARAMETER = "\u{0}";

/** `STAGE/VERB/PATH`, with `*` for the rest of a path. */
function callsOf({ route, path }: PlacedRoute, stages: readonly string[]): readonly string[] {
  const text = path.map((segment) => (segment.kind === "literal" ? segment.text : segment.kind === "rest" ? "*" : PARAMETER)).join("/");
  // A rest may be empty, and then its slash is missing.
  const whole = path.at(-1)?.kind === "rest" ? text.replace(/\/?\*$/, "*") : text;
  const methods = route.method === "ANY" ? METHODS : [route.method];
  return stages.flatMap((stage) => methods.map((method) => `${stage}/${method}/${whole}`));
}

function mayMatch(resource: string, call: string): boolean {
  const pattern = resource.replace(/\$\{[^}]*\}/g, "*");
  if (pattern === "*") return true;
  if (pattern.startsWith("execute-api:/")) return overlap(pattern.slice("execute-api:/".length), call);
  const last = pattern.split(":").slice(5).join(":");
  return overlap(last, `*/${call}`);
}

/** Whether some text fits both patterns. */
function overlap(a: string, b: string): boolean {
  // A row for each place in `a`: the places in `b` that can be reached with it.
  let row = closed(new Set([0]), b);
  for (const character of a) {
    const next = new Set<number>();
    for (const at of row) {
      if (character === "*") for (let end = at; end <= b.length; end++) next.add(end);
      else if (b[at] === "*" || (b[at] === PARAMETER && character !== "/")) next.add(at);
      else if (at < b.length && (character === "?" || b[at] === "?" || b[at] === character)) next.add(at + 1);
    }
    row = closed(next, b);
  }
  return row.has(b.length);
}

/** What stands for any text may stand for nothing. */
function closed(places: Set<number>, b: string): Set<number> {
  for (const at of places) if (b[at] === "*" || b[at] === PARAMETER) places.add(at + 1);
  return places;
}
