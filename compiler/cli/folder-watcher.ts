/**
 * Hears of changes to a set of files, also of those that are not there yet. Folders are watched and not files, since editors
 * save by putting a new file in an old one's place.
 */
import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

export type FolderWatcher = {
  /** From now on these, and no others. */
  readonly watch: (files: readonly string[]) => void;
  readonly close: () => void;
};

/** Milliseconds in which several changes are one. */
const QUIET = 100;

export function folderWatcher(changed: () => void): FolderWatcher {
  const watchers = new Map<string, FSWatcher>();
  let wanted: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;
  const heard = (folder: string, name: string | null): void => {
    if (name !== null && !wanted.has(join(folder, name))) return;
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET);
  };
  const open = (folder: string): void => {
    try {
      const watcher = watch(folder, (_event, name) => heard(folder, name));
      watcher.on("error", () => close(folder));
      watchers.set(folder, watcher);
    } catch {
      // A folder that is not there has nothing to tell.
    }
  };
  const close = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  return {
    watch: (files) => {
      wanted = new Set(files);
      const folders = new Set(files.map((file) => dirname(file)));
      for (const folder of watchers.keys()) if (!folders.has(folder)) close(folder);
      for (const folder of folders) if (!watchers.has(folder)) open(folder);
    },
    close: () => {
      clearTimeout(timer);
      for (const folder of watchers.keys()) close(folder);
    },
  };
}
