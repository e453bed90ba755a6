/** How workers tell each other of changes, by way of their supervisor. Promises that a message of anybody else is not misread. */

const form = 1;

/** Digests. `places`: all that is kept of these goes. `keys`: what is kept under these goes, and nothing beside. */
export type Changes = { readonly places: readonly string[]; readonly keys: readonly string[] };

/** Of a worker. `keeps`: it keeps answers and wants to hear. `changed`: something has. `dropped`: what it was told of is gone. */
export type WorkerChanges =
  | { readonly form: typeof form; readonly changes: "keeps" }
  | { readonly form: typeof form; readonly changes: "changed"; readonly id: number; readonly what: Changes }
  | { readonly form: typeof form; readonly changes: "dropped"; readonly id: number };
/** Of the supervisor. `drop`: another worker's. `known`: all others have dropped it, or take too long. */
export type SupervisorChanges =
  | { readonly form: typeof form; readonly changes: "drop"; readonly id: number; readonly what: Changes }
  | { readonly form: typeof form; readonly changes: "known"; readonly id: number };

export const keeps: WorkerChanges = { form, changes: "keeps" };
export function changed(id: number, what: Changes): WorkerChanges {
  return { form, changes: "changed", id, what };
}
export function dropped(id: number): WorkerChanges {
  return { form, changes: "dropped", id };
}
export function drop(id: number, what: Changes): SupervisorChanges {
  return { form, changes: "drop", id, what };
}
export function known(id: number): SupervisorChanges {
  return { form, changes: "known", id };
}

export function readWorkerChanges(message: unknown): WorkerChanges | undefined {
  return isOfForm(message, ["keeps", "changed", "dropped"]) ? (message as WorkerChanges) : undefined;
}
export function readSupervisorChanges(message: unknown): SupervisorChanges | undefined {
  return isOfForm(message, ["drop", "known"]) ? (message as SupervisorChanges) : undefined;
}

function isOfForm(message: unknown, kinds: readonly string[]): boolean {
  if (typeof message !== "object" || message === null || !("form" in message) || !("changes" in message)) return false;
  return message.form === form && typeof message.changes === "string" && kinds.includes(message.changes);
}
