/** Watching folders on Node, for editors that watch no files. Promises: a folder that cannot be watched is as if nothing changed in it. */
import { watch } from "node:fs";
import { join } from "node:path";
import type { WatchFolders } from "./watching.ts";

/** Milliseconds in which several changes are told together: a file is often written in several steps. */
const QUIET = 100;

export const watchFolders: WatchFolders = (folders, heard) => {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    heard([...waiting]);
    waiting.clear();
  };
  const watchers = folders.flatMap((folder) => {
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, (_event, name) => {
        if (name === null) return;
        waiting.add(join(folder, name).replaceAll("\\", "/"));
        clearTimeout(timer);
        timer = setTimeout(tell, QUIET);
      });
      watcher.on("error", () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
};
