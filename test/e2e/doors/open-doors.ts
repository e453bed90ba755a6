/** A gateway with doors, compiled from its text and served over real sockets on loopback. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { http2Doors } from "../../../runtime/hosts/node/http2/http2-doors.ts";
import { openListener } from "../../../runtime/hosts/node/listener.ts";
import type { Serving } from "../../../runtime/hosts/node/serve.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import { serveText } from "../../emit/serve-text.ts";

export type Opened = {
  readonly serving: Serving;
  /** Of the entry, or without a name of the gateway's own door. */
  readonly port: (entry?: string) => number;
  readonly log: readonly AccessEntry[];
  readonly faults: readonly unknown[];
  /** Header fields of each call that came to the backend. */
  readonly calls: readonly Readonly<Record<string, string | readonly string[] | undefined>>[];
  readonly close: () => Promise<void>;
};

/** `text` may use `BACKEND`, the backend's URL; `variables` are those of the environment. */
export async function openDoors(text: string, variables: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const calls: Opened["calls"][number][] = [];
  const backend = createServer((request, response) => {
    calls.push(request.headers);
    // Of `/broken` half an answer comes.
    if (request.url === "/broken") {
      response.writeHead(200, { "content-length": "100" });
      response.write("part", () => response.destroy());
    } else request.resume().on("end", () => response.end("from the backend"));
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  const { serving, log, faults } = await serveText(`gwl 1\nenv BACKEND: Url\n${text}`, {
    variables: { BACKEND: `http://127.0.0.1:${portOf(backend)}`, ...variables },
    options: { openListener, http2Doors },
  });
  const port = (entry?: string): number => serving.doors.find((door) => door.entry === entry)?.port ?? 0;
  const close = async (): Promise<void> => {
    await serving.stop(0);
    backend.closeAllConnections();
    backend.close();
  };
  return { serving, port, log, faults, calls, close };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
