/** An answer read whole, up to a bound. Promises: one that is longer than it may be is passed on as if nobody had read of it. */
import { continuedBody } from "./answer-body.ts";
import type { Incoming } from "./transport.ts";

export type Collected = { readonly kind: "whole"; readonly body: Uint8Array } | { readonly kind: "longer"; readonly incoming: Incoming };

/** Rejects where the answer broke off. */
export function collect(incoming: Incoming, most: number, progress: () => void): Promise<Collected> {
  const { body } = incoming;
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    body.flow({
      onData: (chunk) => {
        progress();
        chunks.push(chunk);
        size += chunk.length;
        if (size <= most) return;
        body.pause();
        resolve({ kind: "longer", incoming: { ...incoming, body: continuedBody(chunks, body) } });
      },
      onEnd: () => resolve({ kind: "whole", body: Buffer.concat(chunks) }),
      onBroken: () => reject(new Error("the answer broke off")),
    });
  });
}
