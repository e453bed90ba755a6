/** Sources as trees, each text parsed once. Promises: an equal text of the same file gives the same tree, so that what was learnt of it holds. */
import { type FileNode, parseSource, type SourceFile, type Staged } from "../../grammar/index.ts";

export type ParseCache = (source: SourceFile) => Staged<FileNode>;

type Kept = { readonly text: string; readonly parsed: Staged<FileNode> };

export function parseCache(): ParseCache {
  const known = new Map<string, Kept>();
  return (source) => {
    const kept = known.get(source.file);
    if (kept !== undefined && kept.text === source.text) return kept.parsed;
    const parsed = parseSource(source);
    known.set(source.file, { text: source.text, parsed });
    return parsed;
  };
}
