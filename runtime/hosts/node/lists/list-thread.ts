/**
 * The reading of one list in a thread of its own: a million entries are read for a second, in which the process answers requests as ever. Started by
 * `read-in-thread.ts` for one reading, and then over.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { ListQuestion, ReadList } from "./list-reader.ts";

/** To be called once, in a thread that got a `ListQuestion`. */
export async function answerFromThread(read: ReadList): Promise<void> {
  const answer = await read(workerData as ListQuestion);
  const bounds = answer.kind === "read" ? [answer.bounds.ipv4.buffer, answer.bounds.ipv6.buffer] : [];
  // Handed over, not copied.
  parentPort?.postMessage(answer, bounds as ArrayBuffer[]);
}
