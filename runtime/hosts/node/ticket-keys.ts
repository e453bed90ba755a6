/** Keys of TLS tickets, and how long they are used. */
import { randomBytes } from "node:crypto";
import type { OpenDoor } from "./listener.ts";

/** Milliseconds. Tickets themselves are good for five minutes. */
export const ticketKeysLast = 60 * 60_000;

/** A name of 16 bytes, then two keys (`tls.Server.setTicketKeys`). */
export function freshTicketKeys(): Buffer {
  return randomBytes(48);
}

export function changeTicketKeys(doors: readonly OpenDoor[], keys: Buffer): void {
  for (const door of doors) door.changeTicketKeys?.(keys);
}
