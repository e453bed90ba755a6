/** An answer read whole, up to a bound. Promises: one that is longer than it may be is passed on as if nobody had read of it. */
import { Readable } from "node:stream";
import type { Incoming } from "./transport.ts";

export type Collected = { readonly kind: "whole"; readonly body: Uint8Array } | { readonly kind: "longer"; readonly incoming: Incoming };

/** Rejects where the answer broke off. */
export function collect(incoming: Incoming, most: number, progress: () => void): Promise<Collected> {
  const { body, isWhole } = incoming;
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const stop = (): void => void body.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
    const onData = (chunk: Uint8Array): void => {
      progress();
      chunks.push(chunk);
      size += chunk.length;
      if (size <= most) return;
      stop();
      body.pause();
      resolve({ kind: "longer", incoming: { ...incoming, body: Readable.from(continued(chunks, body)) } });
    };
    const onEnd = (): void => {
      stop();
      if (isWhole()) resolve({ kind: "whole", body: Buffer.concat(chunks) });
      else reject(new Error("the answer broke off"));
    };
    const onBroken = (): void => {
      stop();
      reject(new Error("the answer broke off"));
    };
    body.on("data", onData).once("end", onEnd).once("error", onBroken).once("close", onBroken);
  });
}

async function* continued(chunks: readonly Uint8Array[], body: Readable): AsyncGenerator<Uint8Array> {
  yield* chunks;
  for await (const chunk of body as AsyncIterable<Uint8Array>) yield chunk;
}
