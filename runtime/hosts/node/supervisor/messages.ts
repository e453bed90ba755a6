/** What a supervisor and its workers tell each other. Promises that a worker of another time is not misread: each message says which form it has. */
import type { OpenDoor } from "../listener.ts";

const form = 1;
/** The first argument of a worker: how it knows that somebody watches over it. */
export const supervised = "supervised";

export type ToldDoor = Omit<OpenDoor, "stop" | "retire">;
/** It serves at these doors. */
export type WorkerMessage = {
  readonly form: typeof form;
  readonly event: "listening";
  readonly gateway: string;
  readonly doors: readonly ToldDoor[];
};
/**
 * `retire`: takes no more connections, ends those that are there as they come to an end by themselves. `stop`: ends them within the time that a process
 * gets which is asked to end.
 */
export type SupervisorMessage = { readonly form: typeof form; readonly ask: "retire" | "stop" };

export function listeningMessage(gateway: string, doors: readonly OpenDoor[]): WorkerMessage {
  const told = doors.map(({ address, port, entry, isTls }) => ({ address, port, isTls, ...(entry === undefined ? {} : { entry }) }));
  return { form, event: "listening", gateway, doors: told };
}

export function asking(ask: SupervisorMessage["ask"]): SupervisorMessage {
  return { form, ask };
}

export function readWorkerMessage(message: unknown): WorkerMessage | undefined {
  return isOfForm(message) && message["event"] === "listening" ? (message as WorkerMessage) : undefined;
}

export function readSupervisorMessage(message: unknown): SupervisorMessage["ask"] | undefined {
  const ask = isOfForm(message) ? message["ask"] : undefined;
  return ask === "retire" || ask === "stop" ? ask : undefined;
}

function isOfForm(message: unknown): message is Readonly<Record<string, unknown>> {
  return typeof message === "object" && message !== null && "form" in message && message.form === form;
}
