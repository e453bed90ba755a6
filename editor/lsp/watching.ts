/**
 * Files that change on disk. Promises: whatever the programs read is watched, lists and keys too, and what they looked for and did not find;
 * no other file causes work.
 */
import { type Disposable, DidChangeWatchedFilesNotification } from "vscode-languageserver";
import type { EditorHost } from "../service/host.ts";
import type { Session } from "./session.ts";

export type NotedHost = { readonly host: EditorHost; readonly wasAsked: (path: string) => boolean };

/** A host that remembers what it was asked for. */
export function notingHost(host: EditorHost): NotedHost {
  const asked = new Set<string>();
  const note = (path: string): string => {
    asked.add(path);
    return path;
  };
  return {
    host: {
      ...host,
      resolve: (path) => {
        const found = host.resolve(note(path));
        if (found !== undefined) note(found);
        return found;
      },
      read: (path, limit) => host.read(note(path), limit),
    },
    wasAsked: (path) => asked.has(path),
  };
}

/** The editor's own watcher where it has one, else `watchItself`. */
export async function watchFiles(
  session: Session,
  wasAsked: (path: string) => boolean,
  changed: () => void,
  watchItself: WatchFolders | undefined,
): Promise<Disposable | undefined> {
  const { connection, service, paths, client } = session;
  const heard = (all: readonly string[]): void => {
    const relevant = all.filter((path) => path.endsWith(".gwl") || wasAsked(path));
    if (relevant.length === 0) return;
    service.changedOnDisk(relevant);
    changed();
  };
  // A file that is gone has no resolved path: both its names are looked at.
  connection.onDidChangeWatchedFiles(({ changes }) =>
    heard([...new Set(changes.flatMap(({ uri }) => [paths.pathOf(uri), paths.plainPathOf(uri)]))]),
  );
  if (!client().canWatchFiles) return watchItself?.(client().roots.map(paths.pathOf), heard);
  return connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: "**/*" }] });
}

/** Hears of files in folders and below, by absolute path. */
export type WatchFolders = (folders: readonly string[], heard: (paths: readonly string[]) => void) => Disposable;
