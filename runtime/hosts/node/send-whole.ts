/** A body that is here as a whole, behind its head: as it is, or through the encoder that the head has said. */
import type { Exchange } from "./host.ts";

/** Resolves when all of it was handed over, or the client is gone. The answer is not ended. */
export function sendWhole(exchange: Exchange, body: Uint8Array): Promise<void> | undefined {
  const { response, encoder } = exchange;
  if (encoder !== undefined) return encoder.whole(exchange, body);
  exchange.bytesOut = body.length;
  response.write(body);
  return undefined;
}
