/**
 * A WebSocket through the gateway: frames of each end on their way to the other. Promises: what breaks the protocol or its bounds does not get through;
 * nothing is kept but what a socket has not taken yet, and then nothing more is read for it; whatever happens, both ends learn that it is over, and both
 * connections end soon after.
 */
import type { Duplex } from "node:stream";
import type { WebsocketRules } from "../../../contract/websocket.ts";
import type { WebsocketNote } from "../../../observe/call-record.ts";
import { broken, readClose } from "../../../backends/websocket-close.ts";
import { type FrameFault, type FrameReader, frameReader, opcodes } from "../../../backends/websocket-frames.ts";
import { type Peer, peer } from "./peer.ts";

/** Milliseconds from the first word of an end until both connections are cut. */
const closingTime = 5_000;
/** So long may a socket take that has only to be flushed. */
const flushTime = 1_000;

type End = "client" | "backend";
/** `code` as RFC 6455 section 7.4 has it, 1005 and 1006 among it. */
export type RelayEnd = Pick<WebsocketNote, "by" | "code">;
/** Why the gateway closes. */
export type Reason = Exclude<WebsocketNote["by"], End>;
/** Since the start. `in`: from the client. */
export type Moved = { messagesIn: number; messagesOut: number; bytesIn: number; bytesOut: number };

export type Relay = {
  readonly moved: Readonly<Moved>;
  /** When both connections have ended. */
  readonly ended: Promise<RelayEnd>;
  /** Asks both ends to close. */
  readonly close: (by: Reason) => void;
  readonly cut: () => void;
};

export type RelayOptions = {
  readonly rules: WebsocketRules;
  /** The ends agreed on `permessage-deflate`. */
  readonly isCompressed: boolean;
  /** Beside each ping. */
  readonly onTick: () => void;
};

/** What ends are told: the codes are those of RFC 6455 section 7.4.1, and 1014 of the registry for a gateway whose server is no good. */
const goingAway = 1001;
const badGateway = 1014;
const reasons: Readonly<Record<Reason, string>> = {
  idle: "idle for too long",
  life: "open for too long",
  ping: "no answer to a ping",
  drain: "the gateway goes away",
};

type Side = {
  readonly name: End;
  readonly peer: Peer;
  readonly reader: FrameReader;
  /** It has said that it closes, or nothing it says counts any more. */
  isDone: boolean;
};

type Link = {
  readonly moved: Moved;
  readonly timers: { readonly idle: NodeJS.Timeout; readonly life: NodeJS.Timeout; readonly pings: NodeJS.Timeout };
  readonly client: Side;
  readonly backend: Side;
  end: RelayEnd | undefined;
  cutting: NodeJS.Timeout | undefined;
};

export function relay(client: Duplex, backend: Duplex, options: RelayOptions): Relay {
  const { rules, onTick } = options;
  const link: Link = {
    moved: { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 },
    timers: {
      idle: setTimeout(() => close(link, "idle"), rules.idle),
      life: setTimeout(() => close(link, "life"), rules.maxLife),
      pings: setInterval(() => {
        for (const side of sides(link)) side.peer.ping();
        onTick();
      }, rules.ping),
    },
    client: sideOf("client", client, options, () => link),
    backend: sideOf("backend", backend, options, () => link),
    end: undefined,
    cutting: undefined,
  };
  const { promise: ended, resolve } = Promise.withResolvers<RelayEnd>();
  let open = 2;
  for (const side of sides(link))
    watch(link, side, () => {
      if (--open > 0) return;
      clearTimeout(link.cutting);
      resolve(link.end ?? { by: side.name, code: broken });
    });
  return { moved: link.moved, ended, close: (by) => close(link, by), cut: () => cut(link) };
}

function sides({ client, backend }: Link): readonly [Side, Side] {
  return [client, backend];
}

function other(link: Link, { name }: Pick<Side, "name">): Side {
  return name === "client" ? link.backend : link.client;
}

/** `link` is asked for once frames come. */
function sideOf(name: End, socket: Duplex, { rules, isCompressed }: RelayOptions, link: () => Link): Side {
  const { maxMessage, pong } = rules;
  const side: Side = {
    name,
    isDone: false,
    peer: peer(socket, {
      isServer: name === "backend",
      pong,
      isBetween: () => other(link(), { name }).reader.isBetween(),
      onSilent: () => close(link(), "ping"),
    }),
    reader: frameReader(
      { isMasked: name === "client", maxMessage, isCompressed },
      {
        onData: (bytes) => {
          link().timers.idle.refresh();
          other(link(), { name }).peer.pass(bytes);
        },
        onMessage: () => {
          const { moved } = link();
          if (name === "client") moved.messagesIn++;
          else moved.messagesOut++;
        },
        isAwaited: () => other(link(), { name }).peer.isWaiting(),
        onBetween: () => other(link(), { name }).peer.settle(),
        onControl: (opcode, payload, frame) => control(link(), side, opcode, payload, frame),
        onFault: (fault) => fail(link(), side, fault),
      },
    ),
  };
  return side;
}

function watch(link: Link, side: Side, onClosed: () => void): void {
  const { socket } = side.peer;
  socket.on("data", (chunk: Uint8Array) => take(link, side, chunk));
  socket.on("drain", () => {
    const source = other(link, side).peer;
    source.hold(false);
    source.socket.resume();
  });
  socket.once("end", () => gone(link, side));
  socket.on("error", () => socket.destroy());
  const closed = (): void => {
    gone(link, side);
    side.peer.stop();
    onClosed();
  };
  // What was over before anybody listened is told of to nobody.
  if (socket.closed) queueMicrotask(closed);
  else socket.once("close", closed);
}

function take(link: Link, side: Side, chunk: Uint8Array): void {
  const { moved } = link;
  const target = other(link, side).peer;
  if (side.name === "client") moved.bytesIn += chunk.length;
  else moved.bytesOut += chunk.length;
  side.peer.alive();
  if (side.isDone) return;
  side.reader.read(chunk);
  target.settle();
  finish(link);
  if (!target.socket.writableNeedDrain || target.socket.destroyed) return;
  side.peer.socket.pause();
  side.peer.hold(true);
}

function control(link: Link, side: Side, opcode: number, payload: Uint8Array, frame: Uint8Array): void {
  if (opcode === opcodes.pong && side.peer.isAnswer(payload)) return;
  link.timers.idle.refresh();
  if (opcode !== opcodes.close) return other(link, side).peer.pass(frame);
  const code = readClose(payload);
  if (typeof code !== "number") return fail(link, side, code);
  ending(link, side.name, code);
  side.isDone = true;
  other(link, side).peer.passClose(frame);
  finish(link);
}

/** Only what came first is how it ended. */
function ending(link: Link, by: RelayEnd["by"], code: number): void {
  if (link.end !== undefined) return;
  link.end = { by, code };
  link.cutting = setTimeout(() => cut(link), closingTime);
  clearTimeout(link.timers.idle);
  clearTimeout(link.timers.life);
  clearInterval(link.timers.pings);
}

function cut({ client, backend }: Link): void {
  client.peer.socket.destroy();
  backend.peer.socket.destroy();
}

function close(link: Link, by: Reason): void {
  if (link.end !== undefined) return;
  ending(link, by, goingAway);
  for (const side of sides(link)) side.peer.close(goingAway, reasons[by]);
}

function fail(link: Link, side: Side, { code, why }: FrameFault): void {
  ending(link, side.name, code);
  side.isDone = true;
  side.peer.close(code, why);
  tellOther(link, side, "broke the protocol");
  finish(link);
}

function tellOther(link: Link, side: Side, what: string): void {
  other(link, side).peer.close(side.name === "client" ? goingAway : badGateway, `the ${side.name} ${what}`);
}

/** The connection ended without a word, or after the last one. */
function gone(link: Link, side: Side): void {
  side.peer.silence();
  if (!side.isDone) {
    side.isDone = true;
    ending(link, side.name, broken);
    // In the middle of a frame nothing can be said to the other end.
    if (side.reader.isBetween()) tellOther(link, side, "is gone");
    else cut(link);
    side.peer.socket.end();
  }
  finish(link);
}

/** Whoever has said the last word and heard it is let go; who broke the protocol or is gone is not waited for. */
function finish(link: Link): void {
  if (link.end === undefined || !sides(link).every(({ isDone, peer: one }) => isDone && one.isTold())) return;
  clearTimeout(link.cutting);
  link.cutting = setTimeout(() => cut(link), flushTime);
  for (const side of sides(link)) {
    side.peer.socket.end();
    side.peer.socket.resume();
  }
}
