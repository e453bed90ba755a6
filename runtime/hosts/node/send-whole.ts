/** A body that is here as a whole, behind its head: as it is, or through the encoder that the head has said. */
import type { Transform } from "node:stream";
import { drained } from "./client-drained.ts";
import type { Exchange } from "./exchange.ts";

/** Resolves when all of it was handed over, or the client is gone. The answer is not ended. */
export async function sendWhole(exchange: Exchange, body: Uint8Array): Promise<void> {
  const { response, encoder } = exchange;
  if (encoder === undefined) {
    exchange.bytesOut = body.length;
    response.write(body);
    return;
  }
  encoder.stream.end(body);
  await moveEncoded(exchange, encoder.stream);
}

/** Until the encoder has ended. Rejects where it broke off. */
export async function moveEncoded(exchange: Exchange, encoder: Transform): Promise<void> {
  const { response } = exchange;
  for await (const chunk of encoder as AsyncIterable<Uint8Array>) {
    if (response.destroyed) return;
    exchange.bytesOut += chunk.length;
    if (!response.write(chunk)) await drained(exchange);
  }
}
