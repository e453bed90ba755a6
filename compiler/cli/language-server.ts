/** The language server of this machine: the files that the compiler reads, for `gwl lsp` and for the extension's own server. */
import { readdirSync } from "node:fs";
import { serveStdio } from "../../editor/lsp/stdio.ts";
import type { EditorHost } from "../../editor/service/index.ts";
import { findSources } from "./find-sources.ts";
import { nodeHost } from "./node-host.ts";
import { keepHeapSmall } from "./small-heap.ts";
import { VERSION } from "./version.ts";

/** Comes to an end with the client; the exit code that the protocol asks for. `pages`: the address of the folder with the pages of findings. */
export function serveLanguage(pages: string | undefined): Promise<number> {
  keepHeapSmall();
  const setup = { host: editorHost(), version: VERSION, ...(pages === undefined ? {} : { pages }) };
  return serveStdio(process.stdin, process.stdout, setup);
}

function editorHost(): EditorHost {
  const { resolve, read, now } = nodeHost("/");
  return {
    resolve,
    read,
    now,
    sources: (root) => {
      const found = findSources([root], "/");
      return found.ok ? found.files.map((path) => path.replaceAll("\\", "/")) : [];
    },
    folder: (path) => {
      try {
        return readdirSync(path, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
      } catch {
        return [];
      }
    },
    pause: () => new Promise((done) => setImmediate(done)),
  };
}
