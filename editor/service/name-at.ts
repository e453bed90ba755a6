/**
 * What a place in a source names: a declaration, a claim, a parameter of a policy or path, a stage, a value of a tag. Promises: a place at
 * either end of a name is in it; what stands in a text is found where the check looked into the text.
 */
import { childrenOf, type FileNode, type Span, type SyntaxNode } from "../../grammar/index.ts";
import type { Declaration } from "../../compiler/bind/declaration.ts";
import type { Quick } from "./program-view.ts";
import type { FileView } from "./workspace.ts";

export const holds = ({ start, end }: Pick<Span, "start" | "end">, offset: number): boolean => start <= offset && offset <= end;

/** The nodes around `offset`, outermost first, the file left out. Behind a node counts as in it, unless another one begins there. */
export function nodesAt(tree: FileNode, offset: number): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let node: SyntaxNode | undefined = tree;
  while (node !== undefined) {
    const inside: SyntaxNode[] = childrenOf(node).filter((child) => holds(child.span, offset));
    node =
      inside.find((child) => child.span.start === offset && child.span.end > offset) ??
      inside.find((child) => child.span.start < offset) ??
      inside[0];
    if (node !== undefined) found.push(node);
  }
  return found;
}

/** What is named, and the name's own place. */
export type Named = { readonly declaration: Declaration; readonly span: Span };

/** The declaration that is named or declared at `offset`. */
export function declarationAt({ quick, check, file }: FileView, offset: number): Named | undefined {
  const imported = quick.bound.scopes.get(file)?.imported.find(({ name }) => holds(name.span, offset));
  const [brought] = imported?.declarations ?? [];
  if (imported !== undefined && brought !== undefined) return { declaration: brought, span: imported.name.span };
  const own = quick.bound.declarations.find((one) => one.file === file && holds(one.name.span, offset));
  if (own !== undefined) return { declaration: own, span: own.name.span };
  const use = check.uses.find(({ name }) => holds(name.span, offset));
  const declaration = use && current(quick, use.declaration);
  return use === undefined || declaration === undefined ? undefined : { declaration, span: use.name.span };
}

/** The declaration as the program has it now: another file may have been read anew since it was used. */
export function current({ bound }: Quick, { kind, name, file }: Declaration): Declaration | undefined {
  let nearest: Declaration | undefined;
  for (const one of bound.declarations) {
    if (one.name.name !== name.name || one.kind !== kind || one.file !== file) continue;
    if (one.name === name) return one;
    nearest ??= one;
  }
  return nearest;
}

/** Every place that names `declaration`, itself left out. */
export function usesOf(quick: Quick, declaration: Declaration): readonly Span[] {
  const found = new Map<string, Span>();
  const take = (span: Span): void => void found.set(`${span.file} ${span.start}`, span);
  const isIt = (other: Declaration): boolean =>
    other === declaration ||
    (other.name.name === declaration.name.name && other.kind === declaration.kind && current(quick, other) === declaration);
  for (const { uses } of quick.files.values()) for (const { name, declaration: other } of uses) if (isIt(other)) take(name.span);
  for (const { imported } of quick.bound.scopes.values())
    for (const { name, declarations } of imported) if (declarations.some(isIt)) take(name.span);
  found.delete(`${declaration.name.span.file} ${declaration.name.span.start}`);
  return [...found.values()];
}
