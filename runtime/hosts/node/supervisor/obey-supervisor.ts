/** A worker's side: tells its supervisor where it listens, and leaves when told. A worker whose supervisor is gone ends (`node:cluster` sees to that). */
import type { Serving } from "../serve.ts";
import { listeningMessage, readSupervisorMessage } from "./messages.ts";

export function obeySupervisor(gateway: string, serving: Serving, leave: (how: "retire" | "stop") => Promise<void>): void {
  // Ctrl-C and the end of a terminal reach everybody in its group; it is the supervisor who says what follows.
  process.removeAllListeners("SIGINT");
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("message", (message) => {
    const asked = readSupervisorMessage(message);
    if (asked !== undefined) void leave(asked);
  });
  process.send?.(listeningMessage(gateway, serving.doors));
}
