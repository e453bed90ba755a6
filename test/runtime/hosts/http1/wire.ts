/** A stream in place of a socket: takes what is sent, and brings what it is told to. */
import { Duplex } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";

/** `pieces`: one character a byte. `closes`: the other side ends behind them. */
export type Said = { readonly pieces: readonly string[]; readonly closes: boolean };

/** So many turns of the event loop everything that was brought has been read in, and answered. */
const turns = 4;

export class Wire extends Duplex {
  override _read(): void {}
  override _write(_chunk: unknown, _encoding: unknown, done: () => void): void {
    done();
  }
  destroySoon(): void {
    this.end(() => this.destroy());
  }
  resetAndDestroy(): void {
    this.destroy();
  }
  async say({ pieces, closes }: Said): Promise<void> {
    this.on("error", () => {});
    await turn();
    for (const piece of pieces) if (!this.destroyed) this.push(Buffer.from(piece, "latin1"));
    if (closes && !this.destroyed) this.push(null);
    for (let at = 0; at < turns; at++) await turn();
  }
}
