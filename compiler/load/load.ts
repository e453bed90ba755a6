/**
 * First stage: the main file and all that it names become trees and texts. Promises: each file is read and parsed once,
 * however often it is named; nothing outside the main file's folder is opened; never throws. Must not know what any
 * declaration means.
 */
import type { FileNode, TextNode } from "../../grammar/ast.ts";
import { type Diagnostic, finding, type Related, type Staged } from "../../grammar/source/diagnostic.ts";
import { type SourceFile, sourceFile } from "../../grammar/source/span.ts";
import type { CompilerHost } from "../host.ts";
import { importCycle, tooManyFiles, unreadableMain, notUtf8 } from "./load.diagnostics.ts";
import type { DataFile, Import, Loaded, LoadedFile } from "./loaded.ts";
import { LOAD_LIMITS } from "./limits.ts";
import { dataPathsOf, importsOf, type WrittenImport } from "./named-files.ts";
import { belowRoot, folderOf } from "./paths.ts";
import { decode, locate, readNamed } from "./read-named.ts";

export type Parse = (source: SourceFile) => Staged<FileNode>;

/** `main` is a path of the host's; all other paths in what comes back are relative to its folder. */
export function load(main: string, host: CompilerHost, parse: Parse): Staged<Loaded> {
  const real = host.resolve(main);
  const start = { file: main, start: 0, end: 0 };
  if (real === undefined) return nothing(finding(unreadableMain, start, { path: main, why: "missing" }));
  const read = host.read(real, LOAD_LIMITS.source);
  if (!read.ok) return nothing(finding(unreadableMain, start, { path: main, why: read.why }));
  const root = folderOf(real);
  const file = belowRoot(root, real) ?? real;
  const text = decode(read.bytes);
  if (text === undefined) return nothing(finding(notUtf8, start, { path: main }));
  const loading: Loading = { host, parse, root, files: new Map(), data: new Map(), named: new Map(), diagnostics: [], reached: new Set() };
  take(loading, file, text, host.sha256(read.bytes), []);
  const files = [...loading.reached].flatMap((name) => loading.files.get(name) ?? []);
  return { value: { files, data: loading.named }, diagnostics: loading.diagnostics };
}

type Loading = {
  readonly host: CompilerHost;
  readonly parse: Parse;
  readonly root: string;
  readonly files: Map<string, LoadedFile>;
  readonly data: Map<string, DataFile>;
  readonly named: Map<TextNode, DataFile>;
  readonly diagnostics: Diagnostic[];
  /** In that order. */
  readonly reached: Set<string>;
};

/** A file that is being followed, and the import that leads on from it. */
type Link = { readonly file: string; readonly via: WrittenImport };

function take(loading: Loading, file: string, text: string, sha256: string, chain: readonly Link[]): void {
  loading.reached.add(file);
  const source = sourceFile(file, text);
  const parsed = loading.parse(source);
  loading.diagnostics.push(...parsed.diagnostics);
  for (const path of dataPathsOf(parsed.value)) takeData(loading, path);
  const imports = importsOf(parsed.value).map((via) => follow(loading, { file, via }, chain));
  loading.files.set(file, { file, source, tree: parsed.value, sha256, imports });
}

function follow(loading: Loading, link: Link, chain: readonly Link[]): Import {
  const { via } = link;
  const target = targetOf(loading, link, chain);
  return target === undefined ? via : { ...via, target };
}

function targetOf(loading: Loading, link: Link, chain: readonly Link[]): string | undefined {
  const { path } = link.via;
  const located = locate(loading.host, loading.root, path);
  if ("problem" in located) return refuse(loading, located.problem);
  const { file, real } = located;
  const links = [...chain, link];
  const back = links.findIndex((passed) => passed.file === file);
  if (back !== -1) return refuse(loading, cycleAt(links.slice(back), file));
  if (loading.reached.has(file)) return file;
  if (links.length > LOAD_LIMITS.depth)
    return refuse(
      loading,
      finding(tooManyFiles, path.span, { what: "imports lead here from one file to the next", limit: LOAD_LIMITS.depth }),
    );
  if (loading.reached.size >= LOAD_LIMITS.files)
    return refuse(loading, finding(tooManyFiles, path.span, { what: "files in one program", limit: LOAD_LIMITS.files }));
  const read = readNamed(loading.host, real, path, LOAD_LIMITS.source);
  if ("problem" in read) return refuse(loading, read.problem);
  take(loading, file, read.text, read.sha256, links);
  return file;
}

function cycleAt(links: readonly Link[], file: string): Diagnostic {
  const last = links.at(-1) as Link;
  const related: Related[] = links
    .slice(0, -1)
    .map(({ via }, at) => ({ span: via.path.span, message: `imports \`${links[at + 1]?.file ?? file}\`` }));
  return finding(importCycle, last.via.path.span, { chain: [...links.map((link) => link.file), file] }, related);
}

function takeData(loading: Loading, path: TextNode): void {
  const located = locate(loading.host, loading.root, path);
  if ("problem" in located) return refuse(loading, located.problem);
  const { file, real } = located;
  const known = loading.data.get(file);
  if (known !== undefined) {
    loading.named.set(path, known);
    return;
  }
  const read = readNamed(loading.host, real, path, LOAD_LIMITS.data);
  if ("problem" in read) return refuse(loading, read.problem);
  const data = { file, ...read };
  loading.data.set(file, data);
  loading.named.set(path, data);
}

function refuse(loading: Loading, problem: Diagnostic): undefined {
  loading.diagnostics.push(problem);
  return undefined;
}

function nothing(problem: Diagnostic): Staged<Loaded> {
  return { value: { files: [], data: new Map() }, diagnostics: [problem] };
}
