/** What a supervisor and its workers tell each other. Promises that a worker of another time is not misread: each message says which form it has. */
import type { ListState } from "../lists/network-lists.ts";
import type { OpenDoor } from "../listener.ts";

const form = 1;
/** The first argument of a worker: how it knows that somebody watches over it. */
export const supervised = "supervised";

export type ToldDoor = Omit<OpenDoor, "stop" | "retire" | "changeTicketKeys">;
/** It serves at these doors. */
export type Listening = { readonly event: "listening"; readonly gateway: string; readonly doors: readonly ToldDoor[] };
/** Its lists after they were read; `id` of who asked for that. */
export type ListsRead = { readonly event: "lists-read"; readonly id: number; readonly lists: readonly ListState[] };
/** `release-stopped`: too many of its calls failed. */
export type WorkerMessage = Listening | ListsRead | { readonly event: "release-stopped"; readonly release: string };
/**
 * `retire`: takes no more connections, ends those that are there as they come to an end by themselves. `stop`: ends them within the time that a process
 * gets which is asked to end. `end-release`: another worker saw that it must end. `read-lists`: now; `anySize`: also those that have lost many entries.
 * `ticket-keys`: of TLS, in Base64.
 */
export type SupervisorMessage =
  | { readonly ask: "retire" | "stop" }
  | { readonly ask: "end-release"; readonly release: string }
  | { readonly ask: "ticket-keys"; readonly keys: string }
  | { readonly ask: "read-lists"; readonly id: number; readonly anySize: boolean };
export type Sent<Message> = Message & { readonly form: typeof form };

export function inForm<Message>(message: Message): Sent<Message> {
  return { form, ...message };
}

export function listening(gateway: string, doors: readonly OpenDoor[]): Listening {
  const told = doors.map(({ address, port, entry, isTls }) => ({ address, port, isTls, ...(entry === undefined ? {} : { entry }) }));
  return { event: "listening", gateway, doors: told };
}

export function readWorkerMessage(message: unknown): WorkerMessage | undefined {
  if (!isOfForm(message)) return undefined;
  return ["listening", "release-stopped", "lists-read"].includes(String(message["event"])) ? (message as WorkerMessage) : undefined;
}

export function readSupervisorMessage(message: unknown): SupervisorMessage | undefined {
  if (!isOfForm(message)) return undefined;
  return ["retire", "stop", "end-release", "read-lists", "ticket-keys"].includes(String(message["ask"]))
    ? (message as SupervisorMessage)
    : undefined;
}

function isOfForm(message: unknown): message is Readonly<Record<string, unknown>> {
  return typeof message === "object" && message !== null && "form" in message && message.form === form;
}
