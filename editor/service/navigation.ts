/** From a name to where it comes from and to all who name it. */
import type { Span } from "../../grammar/index.ts";
import type { Highlight } from "./answers.ts";
import { fileTargetAt } from "./document-links.ts";
import { usesOf } from "./name-at.ts";
import type { Range, Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { type Target, targetAt, usesOfTarget } from "./target.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";

export async function definition(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<readonly Range[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const file = fileTargetAt(workspace, seen, offset);
  if (file !== undefined) return [{ path: file, start: 0, end: 0 }];
  const target = targetAt(seen, offset);
  return target === undefined ? [] : declaredAt(target).map((span) => rangeOf(seen.view, span));
}

/** The type of what is named, where the program declares it: the identity of a claim, the type of a constant or parameter. */
export async function typeDefinition(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<readonly Range[]> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, offset);
  if (seen === undefined || target === undefined) return [];
  if (target.kind === "claim") {
    const owners = seen.quick.bound.declarations.filter((one) => one.kind === "identity" && target.identities.includes(one.name.name));
    return owners.map((owner) => rangeOf(seen.view, owner.name.span));
  }
  const around = typeSpan(seen, target);
  const check = seen.quick.files.get(around.file);
  const named = (check?.uses ?? []).filter(({ name, declaration }) => {
    const isType = declaration.kind === "type" || declaration.kind === "identity";
    return isType && name.span.start >= around.start && name.span.end <= around.end;
  });
  const [first] = named;
  return first === undefined ? [] : [rangeOf(seen.view, first.declaration.name.span)];
}

function typeSpan(seen: FileView, target: Exclude<Target, { kind: "claim" }>): Span {
  if (target.kind === "field") return target.type;
  return target.kind === "declaration" ? target.declaration.statement.span : annotationAround(seen, target.declared);
}

/** `name: Type` up to the end of the parameter. */
function annotationAround({ source }: FileView, declared: Span): Span {
  const end = /[,)}\n]/.exec(source.text.slice(declared.end))?.index ?? 0;
  return { ...declared, end: declared.end + end };
}

export async function references(
  workspace: Workspace,
  { path, offset }: Spot,
  withDeclaration: boolean,
  breath: Breath,
): Promise<readonly Range[]> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, offset);
  if (seen === undefined || target === undefined) return [];
  const found = new Map<string, Range>();
  const take = (one: Range): void => void found.set(`${one.path} ${one.start}`, one);
  for (const span of placesOf(seen, target, withDeclaration)) take(rangeOf(seen.view, span));
  const [declared] = declaredAt(target).map((span) => rangeOf(seen.view, span));
  // The file that declares it may belong to other programs as well.
  for (const view of declared === undefined ? [] : workspace.programs()) {
    if (view === seen.view) continue;
    const other = await workspace.fileIn(view, declared?.path ?? "", breath);
    const same = other && targetAt(other, declared?.start ?? 0);
    if (other !== undefined && same !== undefined) for (const span of placesOf(other, same, withDeclaration)) take(rangeOf(view, span));
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start));
}

export async function highlights(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<readonly Highlight[]> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, offset);
  if (seen === undefined || target === undefined) return [];
  const here = ({ file }: Span): boolean => file === seen.file;
  return [
    ...declaredAt(target).map((span) => ({ span, kind: "declaration" as const })),
    ...placesOf(seen, target, false).map((span) => ({ span, kind: "use" as const })),
  ].flatMap(({ span, kind }) => (here(span) ? [{ range: rangeOf(seen.view, span), kind }] : []));
}

export function declaredAt(target: Target): readonly Span[] {
  if (target.kind === "declaration") return [target.declaration.name.span];
  return target.kind === "claim" ? target.declared : [target.declared];
}

/** Who names it; with its declarations, where wanted. */
export function placesOf({ quick }: FileView, target: Target, withDeclaration: boolean): readonly Span[] {
  const uses = target.kind === "declaration" ? usesOf(quick, target.declaration) : usesOfTarget(quick, target);
  return withDeclaration ? [...declaredAt(target), ...uses] : uses;
}
