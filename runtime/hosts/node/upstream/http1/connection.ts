/**
 * A connection to a server, for one call after the other. Promises: where a server said more than one answer, or anything while nobody asked, the
 * connection ends (else the next caller would get what was meant for nobody).
 */
import type { Socket } from "node:net";
import { type StallTimer, stallTimer } from "../../stall-timer.ts";
import type { Trouble } from "../transport.ts";
import type { Call, Carrier } from "./call.ts";

/** Where connections rest between calls. */
export type Rest = {
  /** False: there is no place. */
  readonly add: (connection: Connection) => boolean;
  readonly remove: (connection: Connection) => void;
};

export class Connection implements Carrier {
  readonly socket: Socket;
  readonly rest: Rest;
  readonly idle: StallTimer;
  call: Call | undefined;
  isReady = false;
  isReused = false;
  /** Something has come since the call began. */
  isHeard = false;
  error: NodeJS.ErrnoException | undefined;

  /** `ready`: the event by which the socket says that it can be used. */
  constructor(socket: Socket, ready: "connect" | "secureConnect", rest: Rest) {
    this.socket = socket;
    this.rest = rest;
    this.idle = stallTimer(0, () => socket.destroy());
    socket.once(ready, () => {
      this.isReady = true;
      const { call } = this;
      call?.watch.onConnected(call);
    });
    socket.on("data", (chunk: Buffer) => {
      this.isHeard = true;
      if (this.call === undefined) socket.destroy();
      else this.call.take(chunk);
    });
    socket.on("drain", () => this.call?.watch.onDrain());
    socket.on("end", () => {
      if (this.isReady && this.isHeard) this.call?.takeEnd();
      socket.destroy();
    });
    socket.on("error", (error) => {
      this.error = error;
    });
    socket.on("close", () => {
      this.idle.hold();
      this.rest.remove(this);
      this.call?.takeBreak(this.trouble());
    });
  }

  /** Begins a call, at once where the connection is ready. */
  begin(call: Call): void {
    this.call = call;
    this.isHeard = false;
    this.idle.hold();
    call.connection = this;
    if (this.isReady) call.watch.onConnected(call);
  }

  release(keepFor: number): void {
    const { socket } = this;
    this.call = undefined;
    if (keepFor === 0 || socket.destroyed || !socket.readable || socket.readableLength > 0 || !this.rest.add(this)) {
      socket.destroy();
      return;
    }
    this.isReused = true;
    if (socket.isPaused()) socket.resume();
    this.idle.touch(keepFor);
  }

  /** Why a call has no answer on a connection that has gone. */
  trouble(): Trouble {
    if (!this.isReady) return "connect";
    if (!this.isReused || this.isHeard) return "reset";
    const code = this.error?.code;
    return code === undefined || code === "ECONNRESET" || code === "EPIPE" ? "stale" : "reset";
  }
}
