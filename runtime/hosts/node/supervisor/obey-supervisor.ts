/** A worker's side: tells its supervisor where it listens, and leaves when told. A worker whose supervisor is gone ends (`node:cluster` sees to that). */
import cluster from "node:cluster";
import type { NetworkLists } from "../lists/network-lists.ts";
import type { Serving } from "../serve.ts";
import { changeTicketKeys } from "../ticket-keys.ts";
import { inForm, listening, readSupervisorMessage, type WorkerMessage } from "./messages.ts";

export type Obedience = {
  readonly leave: (how: "retire" | "stop") => Promise<void>;
  readonly endRelease: (release: string) => void;
  readonly reloadLists: NetworkLists["reload"];
};

export function obeySupervisor(gateway: string, serving: Serving, { leave, endRelease, reloadLists }: Obedience): void {
  // Ctrl-C and the end of a terminal reach everybody in its group; it is the supervisor who says what follows.
  process.removeAllListeners("SIGINT");
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("message", (message) => {
    const asked = readSupervisorMessage(message);
    if (asked?.ask === "end-release") endRelease(asked.release);
    else if (asked?.ask === "ticket-keys") changeTicketKeys(serving.doors, Buffer.from(asked.keys, "base64"));
    else if (asked?.ask === "read-lists")
      void reloadLists(asked.anySize).then((lists) => tell({ event: "lists-read", id: asked.id, lists }));
    else if (asked !== undefined) void leave(asked.ask);
  });
  tell(listening(gateway, serving.doors));
}

/** Milliseconds: a supervisor that does not answer keeps nobody. */
const longestParting = 5_000;

/**
 * Once its doors are shut: resolves when the supervisor knows. Until then it may still deal connections to this worker, which gives them back; had the worker
 * ended, nobody would serve them, and their clients would wait for ever.
 */
export async function partFromSupervisor(): Promise<void> {
  const { worker } = cluster;
  if (worker === undefined || !process.connected) return;
  await new Promise<void>((resolve) => {
    process.once("disconnect", resolve);
    setTimeout(resolve, longestParting);
    worker.disconnect();
  });
}

export function tellReleaseStopped(release: string): void {
  tell({ event: "release-stopped", release });
}

function tell(message: WorkerMessage): void {
  process.send?.(inForm(message));
}
