/**
 * What there is to read: editors' buffers over files on disk. Promises: an open buffer stands before the file; what was read is kept until
 * somebody says that it changed. Must not know what the texts mean.
 */
import { sourceFile, type SourceFile } from "../../grammar/index.ts";
import type { CompilerHost, HostRead } from "../../compiler/host.ts";
import type { EditorHost } from "./host.ts";

export type TextStore = {
  readonly setRoots: (roots: readonly string[]) => void;
  readonly open: (path: string, text: string) => void;
  readonly edit: (path: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]) => void;
  readonly close: (path: string) => void;
  readonly changedOnDisk: (paths: readonly string[]) => void;
  /** Open ones and those below the roots, sorted. */
  readonly paths: () => readonly string[];
  readonly source: (path: string) => SourceFile | undefined;
  /** As the host's, on the disk. */
  readonly folder: (path: string) => readonly string[];
  /** Grows with every change. */
  readonly version: () => number;
  /** The door that the compiler's stages read through. Nobody asks an editor for hashes: they are empty. */
  readonly compilerHost: CompilerHost;
};

/** A file may be as large as the compiler takes one. */
const LARGEST = 16 * 1024 * 1024;

export function textStore(host: EditorHost): TextStore {
  let roots: readonly string[] = [];
  let version = 0;
  let listed: readonly string[] | undefined;
  const disk = diskMemory(host);
  const buffers = new Map<string, Buffered>();
  const sources = new Map<string, SourceFile>();

  const change = (files: "files" | "text"): void => {
    version += 1;
    if (files === "text") return;
    listed = undefined;
    disk.forgetPlaces();
  };
  const read: CompilerHost["read"] = (path, limit) => {
    const buffer = buffers.get(path);
    return buffer === undefined ? disk.read(path, limit) : { ok: true, bytes: buffer.bytes() };
  };
  const source = (path: string): SourceFile | undefined => {
    const known = sources.get(path);
    if (known !== undefined) return known;
    const text = buffers.get(path)?.text ?? textOf(read(path, LARGEST));
    const made = text === undefined ? undefined : sourceFile(path, text);
    if (made !== undefined) sources.set(path, made);
    return made;
  };
  const open = (path: string, text: string): void => {
    const before = buffers.get(path);
    if (before?.text === text) return;
    buffers.set(path, buffered(text));
    sources.delete(path);
    change(before === undefined ? "files" : "text");
  };
  const forget = (path: string): void => {
    disk.forget(path);
    if (!buffers.has(path)) sources.delete(path);
  };
  return {
    setRoots: (given) => {
      roots = given;
      change("files");
    },
    open,
    edit: (path, edits) => open(path, edited(source(path)?.text ?? "", edits)),
    close: (path) => {
      if (!buffers.delete(path)) return;
      forget(path);
      change("files");
    },
    changedOnDisk: (paths) => {
      for (const path of paths) forget(path);
      change("files");
    },
    paths: () => (listed ??= [...new Set([...roots.flatMap((root) => host.sources(root)), ...buffers.keys()])].sort()),
    source,
    folder: (path) => host.folder?.(path) ?? [],
    version: () => version,
    compilerHost: { resolve: (path) => (buffers.has(path) ? path : disk.resolve(path)), read, sha256: () => "", now: host.now },
  };
}

type DiskMemory = Pick<CompilerHost, "resolve" | "read"> & {
  readonly forget: (path: string) => void;
  /** What was there, or was not, may be so no more. */
  readonly forgetPlaces: () => void;
};

function diskMemory(host: EditorHost): DiskMemory {
  const files = new Map<string, HostRead>();
  const places = new Map<string, string | undefined>();
  return {
    resolve: (path) => {
      if (!places.has(path)) places.set(path, host.resolve(path));
      return places.get(path);
    },
    read: (path, limit) => {
      const known = files.get(path) ?? host.read(path, limit);
      files.set(path, known);
      return known;
    },
    forget: (path) => void files.delete(path),
    forgetPlaces: () => places.clear(),
  };
}

type Buffered = { readonly text: string; readonly bytes: () => Uint8Array };

function buffered(text: string): Buffered {
  let bytes: Uint8Array | undefined;
  return { text, bytes: () => (bytes ??= new TextEncoder().encode(text)) };
}

/** One after the other, each in the text that the one before left. */
function edited(text: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): string {
  return edits.reduce((whole, edit) => whole.slice(0, edit.start) + edit.text + whole.slice(Math.max(edit.start, edit.end)), text);
}

function textOf(read: HostRead): string | undefined {
  if (!read.ok) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(read.bytes);
  } catch {
    return undefined;
  }
}
