/**
 * One end of a WebSocket that goes through the gateway. Promises that what the gateway says itself never stands inside a frame that passes, that an end
 * from which nothing comes is noticed, and that nothing is written behind a frame that closes.
 */
import { randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { closePayload } from "../../../backends/websocket-close.ts";
import { controlFrame, opcodes } from "../../../backends/websocket-frames.ts";
import { stallTimer } from "../stall-timer.ts";

export type Peer = {
  readonly socket: Duplex;
  /** Hands a frame on, or a piece of one. */
  readonly pass: (bytes: Uint8Array) => void;
  /** Hands on the frame by which the other end closes. */
  readonly passClose: (frame: Uint8Array) => void;
  /** The gateway's own word, once what passes is between two frames. */
  readonly close: (code: number, reason: string) => void;
  readonly ping: () => void;
  /** Something came from there. */
  readonly alive: () => void;
  /** Whether it answers a ping of the gateway's: then it is for nobody else. */
  readonly isAnswer: (payload: Uint8Array) => boolean;
  /** What passes may be between frames now. */
  readonly settle: () => void;
  /** A frame that closes has gone there, or nothing can. */
  readonly isTold: () => boolean;
  /** Nothing more can be said there. */
  readonly silence: () => void;
  /** Reading from there waits for the other end, so nobody is asked whether it is alive. */
  readonly hold: (isHeld: boolean) => void;
  readonly stop: () => void;
};

/** `isBetween`: whether what was passed there so far is whole frames. `isServer`: then what the gateway says is masked. */
export type PeerSettings = {
  readonly isServer: boolean;
  readonly pong: number;
  readonly isBetween: () => boolean;
  readonly onSilent: () => void;
};

export function peer(socket: Duplex, { isServer, pong, isBetween, onSilent }: PeerSettings): Peer {
  /** Of the ping that is not answered. */
  let asked: Uint8Array | undefined;
  let closing: Uint8Array | undefined;
  let isPingDue = false;
  let isTold = false;
  let isHeld = false;
  const deadline = stallTimer(pong, onSilent);
  const mask = (): Uint8Array | undefined => (isServer ? randomBytes(4) : undefined);
  const alive = (): void => {
    asked = undefined;
    deadline.hold();
  };
  const settle = (): void => {
    if (isTold || (closing === undefined && !isPingDue) || !isBetween()) return;
    if (closing !== undefined) {
      isTold = true;
      return void socket.write(closing);
    }
    isPingDue = false;
    asked = randomBytes(8);
    socket.write(controlFrame(opcodes.ping, asked, mask()));
    if (!isHeld) deadline.touch();
  };
  socket.on("drain", alive);
  return {
    socket,
    pass: (bytes) => {
      if (!isTold) socket.write(bytes);
    },
    passClose: (bytes) => {
      if (!isTold) socket.write(bytes);
      isTold = true;
    },
    close: (code, reason) => {
      closing ??= controlFrame(opcodes.close, closePayload(code, reason), mask());
      settle();
    },
    ping: () => {
      if (asked !== undefined || closing !== undefined) return;
      isPingDue = true;
      settle();
    },
    alive,
    isAnswer: (payload) => asked !== undefined && Buffer.compare(asked, payload) === 0,
    settle,
    isTold: () => isTold,
    silence: () => void (isTold = true),
    hold: (next) => {
      isHeld = next;
      if (isHeld) deadline.hold();
      else if (asked !== undefined) deadline.touch();
    },
    stop: () => {
      isTold = true;
      deadline.hold();
      socket.off("drain", alive);
    },
  };
}
