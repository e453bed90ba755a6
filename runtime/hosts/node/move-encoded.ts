/** What comes out of an encoder, on its way to the client. */
import type { Transform } from "node:stream";
import { drained } from "./client-drained.ts";
import type { Exchange } from "./host.ts";

/** Until the encoder has ended, or the client is gone. Rejects where the encoder broke off. */
export async function moveEncoded(exchange: Exchange, encoder: Transform): Promise<void> {
  const { response } = exchange;
  for await (const chunk of encoder as AsyncIterable<Uint8Array>) {
    if (response.destroyed) return;
    exchange.bytesOut += chunk.length;
    if (!response.write(chunk)) await drained(exchange);
  }
}
