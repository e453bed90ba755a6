/**
 * Marked sources for tests of the language service: `<|>` is the cursor, `[|...|]` a range. A text may hold several files, each behind a line
 * `--- path`; without such a line it is `gateway.gwl`. Promises: marks are taken out before anything reads the text.
 */
import { createService, type EditorHost, type Range, type Service, type Spot } from "../../../editor/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

export const ROOT = "/work";

export type Marked = {
  readonly files: Readonly<Record<string, string>>;
  readonly cursors: readonly Spot[];
  readonly ranges: readonly Range[];
};

export function readMarked(text: string): Marked {
  const files: Record<string, string> = {};
  const cursors: Spot[] = [];
  const ranges: Range[] = [];
  for (const [name, written] of splitFiles(text)) {
    const path = `${ROOT}/${name}`;
    let plain = "";
    let open: number | undefined;
    for (const part of written.split(/(<\|>|\[\||\|\])/)) {
      if (part === "<|>") cursors.push({ path, offset: plain.length });
      else if (part === "[|") open = plain.length;
      else if (part === "|]") ranges.push({ path, start: open ?? 0, end: plain.length });
      else plain += part;
    }
    files[path] = plain;
  }
  return { files, cursors, ranges };
}

function splitFiles(text: string): readonly (readonly [name: string, text: string])[] {
  const parts = text.split(/^--- (\S+)\n/m);
  if (parts.length === 1) return [["gateway.gwl", text]];
  return parts.slice(1).flatMap((part, at) => (at % 2 === 0 ? [[part, parts[at + 2] ?? ""] as const] : []));
}

/** A host whose files are in memory; what is put into `files` later is on its disk as well. */
export function memoryEditorHost(files: Record<string, string>): EditorHost {
  const { now } = memoryHost({});
  return {
    resolve: (path) => memoryHost(files).resolve(path),
    read: (path, limit) => memoryHost(files).read(path, limit),
    sources: (root) => Object.keys(files).filter((path) => path.startsWith(`${root}/`) && path.endsWith(".gwl")),
    folder: (path) => {
      const below = Object.keys(files).flatMap((file) => (file.startsWith(`${path}/`) ? [file.slice(path.length + 1)] : []));
      return [...new Set(below.map((name) => name.replace(/\/.*/, "/")))].sort();
    },
    now,
    pause: () => Promise.resolve(),
  };
}

export function serviceOver(files: Readonly<Record<string, string>>): Service {
  const service = createService(memoryEditorHost({ ...files }));
  service.setRoots([ROOT]);
  return service;
}

/** The value of an answer; a fault fails the test with its stack. */
export async function valueOf<T>(answer: Promise<{ readonly ok: boolean; readonly value?: T; readonly message?: string }>): Promise<T> {
  const given = await answer;
  if (!given.ok) throw new Error(given.message ?? "cancelled");
  return given.value as T;
}
