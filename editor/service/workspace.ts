/**
 * The programs of a workspace over its texts. Promises: every source belongs to a program; views are kept as long as their main file leads one.
 * Must not know features.
 */
import type { FileNode, SourceFile, Span } from "../../grammar/index.ts";
import { belowRoot } from "../../compiler/load/paths.ts";
import type { EditorHost } from "./host.ts";
import { mainFiles } from "./main-files.ts";
import { type ParseCache, parseCache } from "./parsed.ts";
import type { Range } from "./places.ts";
import { type Breath, type ProgramView, programView, type Quick, type Whole } from "./program-view.ts";
import { proverKeeper } from "./prover.ts";
import type { FileCheck } from "./statement-check.ts";
import { type TextStore, textStore } from "./texts.ts";

export type Workspace = {
  readonly texts: TextStore;
  readonly programs: () => readonly ProgramView[];
  /** The file at an absolute path as one of its programs sees it; that with a gateway before others. */
  readonly file: (path: string, breath: Breath) => Promise<FileView | undefined>;
  /** The same as one program sees it; undefined where it is none of that program's. */
  readonly fileIn: (view: ProgramView, path: string, breath: Breath) => Promise<FileView | undefined>;
};

/** A file within a program that was just checked. */
export type FileView = {
  readonly view: ProgramView;
  readonly quick: Quick;
  readonly path: string;
  /** Relative to the program's root, as spans have it. */
  readonly file: string;
  readonly source: SourceFile;
  readonly tree: FileNode;
  readonly check: FileCheck;
  readonly whole: () => Promise<Whole>;
};

/** `parserFor` a program: what it gave for a text, it may give again. */
export function workspace(host: EditorHost, parserFor: () => ParseCache = parseCache): Workspace {
  const texts = textStore(host);
  const proverFor = proverKeeper();
  const views = new Map<string, ProgramView>();
  let listed: { readonly version: number; readonly programs: readonly ProgramView[] } | undefined;
  const viewOf = (main: string): ProgramView => {
    const view = views.get(main) ?? programView(main, { texts, parse: parserFor(), proverFor, pause: host.pause });
    views.set(main, view);
    return view;
  };
  const programs = (): readonly ProgramView[] => {
    const version = texts.version();
    if (listed?.version === version) return listed.programs;
    const mains = mainFiles({ paths: texts.paths(), source: texts.source, resolve: texts.compilerHost.resolve });
    for (const main of views.keys()) if (!mains.includes(main)) views.delete(main);
    listed = { version, programs: mains.map(viewOf) };
    return listed.programs;
  };
  const file: Workspace["file"] = async (path, breath) => {
    let found: FileView | undefined;
    for (const view of programs()) {
      const seen = await fileIn(view, path, breath);
      if (seen === undefined) continue;
      if (seen.quick.bound.loaded.files.some(({ tree }) => hasGateway(tree))) return seen;
      found ??= seen;
    }
    return found ?? fileIn(viewOf(path), path, breath);
  };
  return { texts, programs, file, fileIn };
}

async function fileIn(view: ProgramView, path: string, breath: Breath): Promise<FileView | undefined> {
  const file = belowRoot(view.root, path);
  if (file === undefined) return undefined;
  const quick = await view.quick(breath);
  const loaded = quick.bound.loaded.files.find((one) => one.file === file);
  const check = quick.files.get(file);
  if (loaded === undefined || check === undefined) return undefined;
  return { view, quick, path, file, source: loaded.source, tree: loaded.tree, check, whole: () => view.whole(breath) };
}

const hasGateway = (tree: FileNode): boolean => tree.entries.some((entry) => entry.kind === "statement" && entry.word.name === "gateway");

/** A span of the program as a place of the workspace. */
export function rangeOf({ root }: Pick<ProgramView, "root">, { file, start, end }: Span): Range {
  return { path: absolutePath(root, file), start, end };
}

/** A finding about a main file that cannot be read has the path that it was asked by. */
export function absolutePath(root: string, file: string): string {
  return file.startsWith("/") ? file : root === "/" ? `/${file}` : `${root}/${file}`;
}
