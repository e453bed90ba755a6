/**
 * A connection to a server, for one call after the other. Promises: where a server said more than one answer, or anything while nobody asked, the
 * connection ends (else the next caller would get what was meant for nobody); and nothing is read of an answer that nobody takes.
 */
import type { OnReadOpts, Socket } from "node:net";
import { type StallTimer, stallTimer } from "../../stall-timer.ts";
import type { Trouble } from "../transport.ts";
import type { Call, Carrier } from "./call.ts";
import { begun, giveBack, isOfMany, roomFor, sharedRoom, takenAway } from "./pieces.ts";
import { mayGoOn, type Reader } from "./turns.ts";

/** Where connections rest between calls. */
export type Rest = {
  /** False: there is no place. */
  readonly add: (connection: Connection) => boolean;
  /** It is gone; `hasFailed`: by an error. */
  readonly remove: (connection: Connection, hasFailed: boolean) => void;
};

export class Connection implements Carrier, Reader {
  readonly socket: Socket;
  readonly rest: Rest;
  readonly idle: StallTimer;
  current: Call | undefined;
  isReady = false;
  isReused = false;
  /** Something has come since the call began. */
  isHeard = false;
  /** The call takes nothing now. */
  isPaused = false;
  /** Others have their turn. */
  isWaiting = false;
  /** Bytes since the call began. */
  passed = 0;
  /** Where the next piece of a long answer is read into. */
  room: Uint8Array | undefined;
  failure: NodeJS.ErrnoException | undefined;

  /** `open` gives a socket that reads so; `ready`: the event by which it says that it can be used. */
  constructor(open: (onread: OnReadOpts) => Socket, ready: "connect" | "secureConnect", rest: Rest) {
    const socket = open({ buffer: () => this.room ?? sharedRoom, callback: (size, into) => this.read(size, into) });
    this.socket = socket;
    this.rest = rest;
    this.idle = stallTimer(0, () => socket.destroy());
    socket
      .once(ready, () => {
        this.isReady = true;
        this.current?.watch.onConnected(this.current);
      })
      .on("drain", () => this.current?.watch.onDrain())
      .on("end", () => {
        if (this.isReady && this.isHeard) this.current?.takeEnd();
        socket.destroy();
      })
      .on("error", (error) => {
        this.failure = error;
      })
      .on("close", () => this.closed());
  }

  /** A call, at once where the connection is ready. */
  begin(call: Call): void {
    this.current = call;
    this.isHeard = false;
    this.passed = 0;
    this.idle.hold();
    call.connection = this;
    if (this.isReady) call.watch.onConnected(call);
  }

  /** `into`: the room where it has come. False: no more is read until the socket is resumed. */
  read(size: number, into: Uint8Array): boolean {
    const { current } = this;
    this.isHeard = true;
    if (current === undefined) {
      this.socket.destroy();
      return false;
    }
    this.passed += size;
    const chunk = into === sharedRoom ? takenAway(size) : begun(into, size);
    const isUsedUp = current.take(chunk);
    const goesOn = isOfMany(size) && !this.isPaused && this.current === current;
    this.isWaiting = goesOn && !mayGoOn(this);
    const isFlowing = goesOn && !this.isWaiting;
    if (isFlowing) this.room = roomFor(this.passed, isUsedUp ? chunk : undefined);
    else {
      if (isUsedUp && isOfMany(size)) giveBack(chunk);
      this.room = undefined;
    }
    return !this.isWaiting;
  }

  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    if (!this.isWaiting) this.socket.resume();
  }

  /** Its turn has come again. */
  goOn(): void {
    this.isWaiting = false;
    if (!this.isPaused && !this.socket.destroyed) this.socket.resume();
  }

  release(keepFor: number): void {
    this.current = undefined;
    if (keepFor === 0) this.socket.destroy();
    else if (!this.isPaused && !this.isWaiting) this.toRest(keepFor);
    else {
      this.isPaused = false;
      this.socket.resume();
      // What stands behind the answer, and that the server leaves, is seen before the next call.
      setImmediate(() => setImmediate(() => this.toRest(keepFor)));
    }
  }

  toRest(keepFor: number): void {
    const { socket } = this;
    if (socket.destroyed || !socket.readable || !this.rest.add(this)) {
      socket.destroy();
      return;
    }
    this.isReused = true;
    this.idle.touch(keepFor);
  }

  closed(): void {
    this.idle.hold();
    this.rest.remove(this, this.failure !== undefined);
    this.current?.takeBreak(this.trouble());
  }

  /** Why a call has no answer on a connection that has gone. */
  trouble(): Trouble {
    if (!this.isReady) return "connect";
    if (!this.isReused || this.isHeard) return "reset";
    const code = this.failure?.code;
    return code === undefined || code === "ECONNRESET" || code === "EPIPE" ? "stale" : "reset";
  }
}
