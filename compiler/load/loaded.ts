/** What loading gives: every source as a tree, every named file as text. Paths are relative to the root, with `/`. */
import type { Block, FileNode, Statement, TextNode } from "../../grammar/ast.ts";
import type { SourceFile } from "../../grammar/source/span.ts";

export type Loaded = {
  /** The main file first, then the others as they were first reached. Empty where the main file cannot be read. */
  readonly files: readonly LoadedFile[];
  /** Files that are named by `from "..."`, by the text that names them; those that could not be read are absent, and reported. */
  readonly data: ReadonlyMap<TextNode, DataFile>;
};

export type LoadedFile = {
  readonly file: string;
  readonly source: SourceFile;
  readonly tree: FileNode;
  readonly sha256: string;
  readonly imports: readonly Import[];
};

export type Import = {
  readonly statement: Statement;
  readonly path: TextNode;
  /** Absent in `import "./x.gwl"`, which takes the file in. */
  readonly names?: Block;
  /** The file meant; absent where it could not be read, which is reported. */
  readonly target?: string;
};

export type DataFile = { readonly file: string; readonly text: string; readonly sha256: string };
