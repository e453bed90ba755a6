/**
 * The reading of a list before the doors of its process open. A small file is read in the process itself, which keeps nobody waiting yet: starting a thread
 * takes longer than all else of a start. Large files and what comes over a network are read in a thread, with its bounds on memory and time.
 */
import { stat } from "node:fs";
import type { ListPlace } from "./list-place.ts";
import type { ReadList } from "./list-reader.ts";

/** Bytes: some ten thousand entries, which are read in ten milliseconds, and in two tenths of a second where a file was made to be slow. */
const mostBytes = 128 * 1024;

/** `inProcess` loads what reads. Whatever it throws, the thread has the last word. */
export function readBeforeDoors(inProcess: () => Promise<{ readonly readList: ReadList }>, inThread: ReadList): ReadList {
  return async (question) => {
    if (!(await isSmallFile(question.place))) return inThread(question);
    try {
      const { readList } = await inProcess();
      return await readList(question);
    } catch {
      return inThread(question);
    }
  };
}

/** A file system that does not answer holds this question up, and not the process. */
function isSmallFile(place: ListPlace): Promise<boolean> {
  if (place.kind === "url") return Promise.resolve(false);
  return new Promise((resolve) => stat(place.path, (error, found) => resolve(error === null && found.isFile() && found.size <= mostBytes)));
}
