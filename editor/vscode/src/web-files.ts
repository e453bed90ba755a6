/**
 * Files where no disk is: read from VS Code's file systems as the server asks for them. Promises: what is asked for and not here yet is fetched,
 * and the server told; what is not there is asked for once, until it is made.
 */
import * as vscode from "vscode";
import { pathOfUri, uriOfPath } from "../../lsp/paths.ts";
import type { EditorHost } from "../../service/index.ts";

export type WebFiles = vscode.Disposable & { readonly host: EditorHost };

const LARGEST_LIST = 10_000;

/** `changed` hears of addresses whose content is another. */
export async function webFiles(changed: (uris: readonly string[]) => void): Promise<WebFiles> {
  const contents = new Map<string, Uint8Array>();
  const missing = new Set<string>();
  const fetching = new Set<string>();
  const fetch = async (path: string): Promise<void> => {
    fetching.add(path);
    try {
      contents.set(path, await vscode.workspace.fs.readFile(vscode.Uri.parse(uriOfPath(path))));
      missing.delete(path);
    } catch {
      contents.delete(path);
      missing.add(path);
    }
    fetching.delete(path);
  };
  const ask = (path: string): void => {
    if (missing.has(path) || fetching.has(path)) return;
    void fetch(path).then(() => (contents.has(path) ? changed([uriOfPath(path)]) : undefined));
  };
  const sources = await vscode.workspace.findFiles("**/*.gwl", "**/node_modules/**", LARGEST_LIST);
  await Promise.all(sources.map((uri) => fetch(pathOfUri(uri.toString()))));
  const all = await vscode.workspace.findFiles("**/*", "**/node_modules/**", LARGEST_LIST);
  const names = new Set(all.map((uri) => pathOfUri(uri.toString())));
  const watcher = vscode.workspace.createFileSystemWatcher("**/*");
  const again = (uri: vscode.Uri): void => {
    const path = pathOfUri(uri.toString());
    if (!contents.has(path) && !missing.has(path) && !path.endsWith(".gwl")) return;
    void fetch(path).then(() => changed([uri.toString()]));
  };
  const made = (uri: vscode.Uri): void => void names.add(pathOfUri(uri.toString()));
  const gone = (uri: vscode.Uri): void => void names.delete(pathOfUri(uri.toString()));
  const following = vscode.Disposable.from(
    watcher,
    watcher.onDidChange(again),
    ...[again, made].map((heard) => watcher.onDidCreate(heard)),
    ...[again, gone].map((heard) => watcher.onDidDelete(heard)),
  );
  return {
    host: {
      resolve: (path) => {
        if (contents.has(path)) return path;
        ask(path);
        return undefined;
      },
      read: (path, limit) => {
        const bytes = contents.get(path);
        if (bytes === undefined) return { ok: false, why: "missing" };
        return bytes.length > limit ? { ok: false, why: "too-large" } : { ok: true, bytes };
      },
      now: () => performance.now(),
      sources: (root) => [...contents.keys()].filter((path) => path.startsWith(`${root}/`) && path.endsWith(".gwl")).sort(),
      folder: (path) => {
        const below = [...names].flatMap((name) => (name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : []));
        return [...new Set(below.map((name) => name.replace(/\/.*/, "/")))].sort();
      },
      pause: () => new Promise((done) => setTimeout(done, 0)),
    },
    dispose: () => void following.dispose(),
  };
}
