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
  /** The gateway has something to say, and what passes is in the middle of a frame. */
  readonly isWaiting: () => boolean;
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
  /** What pings say, so that answers to them are known, late ones too. */
  const question = randomBytes(8);
  let isAsked = false;
  let closing: Uint8Array | undefined;
  let isPingDue = false;
  let isTold = false;
  let isHeld = false;
  const deadline = stallTimer(pong, onSilent);
  const alive = (): void => {
    isAsked = false;
    deadline.hold();
  };
  const isWaiting = (): boolean => !isTold && (closing !== undefined || isPingDue);
  const settle = (): void => {
    if (!isWaiting() || !isBetween()) return;
    if (closing !== undefined) {
      isTold = true;
      return void socket.write(closing);
    }
    isPingDue = false;
    isAsked = true;
    socket.write(controlFrame(opcodes.ping, question, maskFor(isServer)));
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
      closing ??= controlFrame(opcodes.close, closePayload(code, reason), maskFor(isServer));
      settle();
    },
    ping: () => {
      if (isAsked || closing !== undefined) return;
      isPingDue = true;
      settle();
    },
    alive,
    isAnswer: (payload) => Buffer.compare(question, payload) === 0,
    isWaiting,
    settle,
    isTold: () => isTold,
    silence: () => void (isTold = true),
    hold: (next) => {
      isHeld = next;
      if (isHeld) deadline.hold();
      else if (isAsked) deadline.touch();
    },
    stop: () => {
      isTold = true;
      deadline.hold();
    },
  };
}

function maskFor(isServer: boolean): Uint8Array | undefined {
  return isServer ? randomBytes(4) : undefined;
}
