/** Output of several processes into one stream. Promises whole lines: what two processes say never mixes within a line. */
import type { Readable } from "node:stream";

const newline = 10;
/** A line longer than that is passed on in parts. */
const longestLine = 1024 * 1024;

/** `write` gets one line or more, each with its end. */
export function relayLines(from: Readable, write: (lines: Uint8Array) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  from.on("data", (chunk: Buffer) => {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = all.lastIndexOf(newline) + 1 || (all.length > longestLine ? all.length : 0);
    rest = all.subarray(end);
    if (end > 0) write(all.subarray(0, end));
  });
  from.on("end", () => {
    if (rest.length > 0) write(Buffer.concat([rest, Buffer.from("\n")]));
  });
  from.on("error", () => {});
}
