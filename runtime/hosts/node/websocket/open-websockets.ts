/** The WebSockets of one backend that are open: what is told of them, and how they end when the gateway leaves. */
import type { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import type { WebsocketHostBackend } from "../../../contract/host-backend.ts";
import type { Observer } from "../../../observe/observer.ts";
import type { Exchange } from "../exchange.ts";
import type { Agreed } from "./handshake.ts";
import { type Moved, relay, type Relay } from "./relay.ts";

export type OpenWebsockets = {
  /** Frames go both ways until it has ended. */
  readonly until: (exchange: Exchange, agreed: Agreed) => Promise<void>;
  /** As of `HostedBackend`. All are asked to close, each at a moment of its own: their clients will all come back. */
  readonly drain: (grace: number | undefined) => Promise<void>;
};

/** Milliseconds that an end needs to close. */
const closing = 5_000;

export function openWebsockets({ name, rules }: WebsocketHostBackend, observer: Observer): OpenWebsockets {
  const open = new Set<Relay>();
  let draining: number | undefined;
  const closeWithin = (one: Relay, milliseconds: number): void => {
    const timer = setTimeout(() => one.close("drain"), Math.random() * milliseconds);
    void one.ended.then(() => clearTimeout(timer));
  };
  return {
    drain: async (grace) => {
      draining = grace === undefined ? rules.drain : Math.min(rules.drain, Math.max(0, grace - closing));
      for (const one of open) closeWithin(one, draining);
      const cutting = setTimeout(
        () => {
          for (const one of open) one.cut();
        },
        grace ?? 2 ** 31 - 1,
      );
      // One that is open may be joined by another; and each has a line in the log before it is over.
      while (open.size > 0) {
        await Promise.all(Array.from(open, ({ ended }) => ended));
        await turn();
      }
      clearTimeout(cutting);
    },
    until: async (exchange, { socket, extensions }) => {
      const told: Moved = { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 };
      const tell = (): void => {
        observer.happened({ kind: "websocket-moved", backend: name, ...since(told, one.moved) });
        Object.assign(told, one.moved);
      };
      const client = takenOver(exchange);
      const one = relay(client, socket, { rules, isCompressed: extensions !== undefined, onTick: tell });
      open.add(one);
      observer.happened({ kind: "websocket-opened", backend: name });
      if (draining !== undefined) closeWithin(one, draining);
      const { by, code } = await one.ended;
      open.delete(one);
      tell();
      observer.happened({ kind: "websocket-closed", backend: name, by, code });
      const { messagesIn, messagesOut, bytesIn, bytesOut } = one.moved;
      exchange.notes.websocket = { by, code, messagesIn, messagesOut };
      exchange.bytesIn = bytesIn;
      exchange.bytesOut = bytesOut;
    },
  };
}

/** Nothing but HTTP/1.1 is upgraded. */
function takenOver({ request }: Exchange): Socket {
  if (request.takeOver === undefined) throw new Error("a call that cannot be upgraded");
  return request.takeOver();
}

function since(before: Moved, now: Readonly<Moved>): Moved {
  return {
    messagesIn: now.messagesIn - before.messagesIn,
    messagesOut: now.messagesOut - before.messagesOut,
    bytesIn: now.bytesIn - before.bytesIn,
    bytesOut: now.bytesOut - before.bytesOut,
  };
}
