/** The pieces of a streamed answer on their way to the client, through an encoder where its head has said one. Promises: nothing waits here without bound. */
import type { Transform } from "node:stream";
import { drained } from "../client-drained.ts";
import type { Exchange } from "../exchange.ts";
import { moveEncoded } from "../move-encoded.ts";

export type Pieces = {
  readonly write: (piece: Uint8Array) => void;
  /** Resolves when more may come. */
  readonly ready: () => Promise<void> | undefined;
  /** Resolves when all that came was handed over. */
  readonly end: () => Promise<void>;
  /** The answer broke off: what is still in the encoder never comes, its last block among it. */
  readonly abandon: () => void;
};

/** To be opened once the head has left. */
export function openPieces(exchange: Exchange): Pieces {
  const { response, encoder } = exchange;
  return encoder === undefined
    ? {
        write: (piece) => {
          response.write(piece);
          exchange.bytesOut += piece.length;
        },
        ready: () => (response.writableNeedDrain ? drained(exchange) : undefined),
        end: () => Promise.resolve(),
        abandon: () => undefined,
      }
    : throughEncoder(exchange, encoder.stream);
}

function throughEncoder(exchange: Exchange, encoder: Transform): Pieces {
  const moved = moveEncoded(exchange, encoder);
  // Whoever ends it hears of it.
  moved.catch(() => undefined);
  return {
    write: (piece) => void encoder.write(piece),
    ready: () => (encoder.writableNeedDrain && !encoder.destroyed ? emptied(encoder) : undefined),
    end: () => {
      encoder.end();
      return moved;
    },
    abandon: () => void encoder.destroy(),
  };
}

function emptied(encoder: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      encoder.off("drain", done).off("close", done);
      resolve();
    };
    encoder.on("drain", done).on("close", done);
  });
}
