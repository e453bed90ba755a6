/**
 * The keys of TLS tickets: the same for all workers, those of the next bundle too, so that clients resume whoever answers. Promises: new ones each hour
 * (RFC 9325, section 3.4: else forward secrecy is lost), and that they are in the memory of these processes and nowhere else.
 */
import cluster, { type Worker } from "node:cluster";
import { inForm, readWorkerMessage } from "./messages.ts";
import { freshTicketKeys, ticketKeysLast } from "../ticket-keys.ts";

export function shareTicketKeys(): void {
  let keys = freshTicketKeys();
  const tell = (worker: Worker): void => {
    if (worker.isConnected()) worker.send(inForm({ ask: "ticket-keys", keys: keys.toString("base64") }), () => {});
  };
  cluster.on("message", (worker, message) => {
    if (readWorkerMessage(message)?.event === "listening") tell(worker);
  });
  setInterval(() => {
    keys = freshTicketKeys();
    for (const worker of Object.values(cluster.workers ?? {})) if (worker !== undefined) tell(worker);
  }, ticketKeysLast).unref();
}
