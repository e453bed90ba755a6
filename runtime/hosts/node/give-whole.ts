/** An answer of which all is here, on its way to the client. Promises: a client that takes nothing for the idle time is cut off. */
import { sendHead } from "./download.ts";
import { sendWhole } from "./send-whole.ts";
import type { Exchange } from "./exchange.ts";
import { answerWithFault, drain, ended } from "./local-answer.ts";

/** Names and values of the fields in turn. */
export type WholeAnswer = { readonly status: number; readonly rawHeaders: readonly string[]; readonly body: Uint8Array };

/** `answer`: what the route changes of it. `isBodiless`: the client gets the head alone. Resolves when the answer has left or the connection is gone. */
export async function giveWhole(
  exchange: Exchange,
  answer: Parameters<typeof sendHead>[1],
  { body, ...head }: WholeAnswer,
  isBodiless: boolean,
): Promise<void> {
  if (!sendHead(exchange, answer, head)) return answerWithFault(exchange, "bad-gateway");
  if (isBodiless || body.length === 0) exchange.response.flushHeaders();
  else await sendWhole(exchange, body);
  if (!exchange.body.isComplete()) await drain(exchange);
  return ended(exchange);
}
