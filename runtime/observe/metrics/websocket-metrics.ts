/** The figures of WebSockets. A gateway without any has none of them. */
import type { HostEvent } from "../observer.ts";
import { counter, type Family, gauge, type Labels } from "./families.ts";
import type { Measured } from "./measured.ts";
import { mostNames, openNumbering } from "./numbering.ts";

type WebsocketEvent = Extract<HostEvent, { kind: "websocket-opened" | "websocket-moved" | "websocket-closed" }>;

export type WebsocketMetrics = { readonly happened: (event: WebsocketEvent) => void; readonly families: () => readonly Family[] };

const words = mostNames;
const directions = ["in", "out"] as const;

export function websocketMetrics({ always }: Measured): WebsocketMetrics {
  const backends = openNumbering();
  const ends = openNumbering();
  const ofBackend = (key: number): Labels => ({ ...always, backend: backends.nameOf(key) });
  const ofDirection = (key: number): Labels => ({
    ...ofBackend(Math.floor(key / directions.length)),
    direction: directions[key % directions.length] ?? "",
  });
  const open = gauge("gwl_websockets", "WebSockets that are open.", ofBackend);
  const closed = counter("gwl_websockets_closed_total", "WebSockets that have ended, by who ended them and the code.", (key) => {
    const [by = "", code = ""] = ends.nameOf(key % words).split(" ");
    return { ...ofBackend(Math.floor(key / words)), by, code };
  });
  const messages = counter("gwl_websocket_messages_total", "Messages that went through WebSockets.", ofDirection);
  const bytes = counter("gwl_websocket_bytes_total", "Bytes that went through WebSockets.", ofDirection);
  const all = [open, closed, messages, bytes];

  return {
    happened: (event) => {
      const backend = backends.numberOf(event.backend);
      switch (event.kind) {
        case "websocket-opened":
          return open.add(backend, 1);
        case "websocket-moved":
          for (const [at, count] of [event.messagesIn, event.messagesOut].entries()) messages.add(backend * directions.length + at, count);
          for (const [at, count] of [event.bytesIn, event.bytesOut].entries()) bytes.add(backend * directions.length + at, count);
          return;
        case "websocket-closed":
          open.add(backend, -1);
          return closed.add(backend * words + ends.numberOf(`${event.by} ${codeText(event.code)}`));
      }
    },
    families: () => all.map((one) => one.family()).filter(({ values }) => values.length > 0),
  };
}

/** An application may say any of a thousand codes, and a client picks one: they would all be series. */
function codeText(code: number): string {
  return code < 3000 ? String(code) : code < 4000 ? "3xxx" : "4xxx";
}
