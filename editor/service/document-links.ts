/** Texts that name files: imports, lists, key files. Promises: only files that are there. */
import type { TextNode } from "../../grammar/ast.ts";
import { dataPathsOf, importsOf } from "../../compiler/load/named-files.ts";
import type { DocumentLink } from "./answers.ts";
import { importTarget } from "./main-files.ts";
import { holds } from "./name-at.ts";
import type { Breath } from "./program-view.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";

export async function documentLinks(workspace: Workspace, path: string, breath: Breath): Promise<readonly DocumentLink[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  return filePaths(seen).flatMap((text) => {
    const target = targetOf(workspace, seen, text);
    const { start, end } = text.span;
    return target === undefined ? [] : [{ range: rangeOf(seen.view, { ...text.span, start: start + 1, end: end - 1 }), target }];
  });
}

/** The file that is named at `offset`. */
export function fileTargetAt(workspace: Workspace, seen: FileView, offset: number): string | undefined {
  const text = filePaths(seen).find(({ span }) => holds(span, offset));
  return text && targetOf(workspace, seen, text);
}

const filePaths = ({ tree }: FileView): readonly TextNode[] => [...importsOf(tree).map(({ path }) => path), ...dataPathsOf(tree)];

function targetOf({ texts }: Workspace, { path }: FileView, text: TextNode): string | undefined {
  return importTarget(path, text.value, texts.compilerHost.resolve);
}
