/**
 * The door for those who look after the gateway: health and figures, nothing else. Promises that no request of a client comes by it, that only GET and
 * HEAD without a body are answered, and that a reader who is slow or comes often costs the gateway little.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HostObserve } from "../../../contract/observe.ts";
import type { OpenDoor } from "../listener.ts";
import { listening } from "../listening.ts";

export type Page = { readonly status: number; readonly contentType: string; readonly text: string };
/** By path. A page that rejects is a 500 without its reason. */
export type Pages = ReadonlyMap<string, () => Promise<Page>>;

/** Milliseconds for a request's head; and the most connections, of which few are needed. */
const patience = 5_000;
const mostConnections = 64;

export async function openObserveDoor(
  { at, address }: NonNullable<HostObserve["door"]>,
  pages: Pages,
  fault: (error: unknown) => void,
): Promise<OpenDoor> {
  const server = createServer({ headersTimeout: patience, requestTimeout: patience, keepAliveTimeout: 60_000, maxHeaderSize: 16_384 });
  server.maxConnections = mostConnections;
  server.on("request", (request, response) => void answer(request, response, pages, fault));
  server.on("clientError", (_error, socket) => socket.destroy());
  const bound = await listening(server, at, at.kind === "port" ? address : undefined);
  return { ...bound, entry: "observe", isTls: false, stop: () => closed(server), retire: () => closed(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, pages: Pages, fault: (error: unknown) => void): Promise<void> {
  const { method, url = "", headers } = request;
  const page = pages.get(url.split("?", 1)[0] ?? "");
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (hasBody) response.shouldKeepAlive = false;
  if (page === undefined) return send(request, response, plain(404, `there are ${[...pages.keys()].join(", ")}`));
  if (hasBody || (method !== "GET" && method !== "HEAD"))
    return send(request, response, plain(405, "GET and HEAD only"), ["allow", "GET, HEAD"]);
  try {
    send(request, response, await page());
  } catch (error) {
    fault(error);
    send(request, response, plain(500, "this could not be told: see the log"));
  }
}

function plain(status: number, text: string): Page {
  return { status, contentType: "text/plain; charset=utf-8", text: `${text}\n` };
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, contentType, text }: Page,
  more: readonly string[] = [],
): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, ["content-type", contentType, "cache-control", "no-store", "content-length", length, ...more]);
  response.end(method === "HEAD" ? undefined : text);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
