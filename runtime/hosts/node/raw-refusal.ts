/** Refusals where the parser gave up and there is no response object: written by hand, then the connection ends. */
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { CallRecord } from "../../observe/call-record.ts";
import type { Host } from "./host.ts";
import { faultAnswer, type HostFault, type LocalAnswer } from "./host-fault.ts";

/** How long the client may take to read the refusal. */
const lingering = 1_000;

const faults: Readonly<Record<string, HostFault>> = {
  HPE_HEADER_OVERFLOW: "headers-too-large",
  ERR_HTTP_REQUEST_TIMEOUT: "incomplete-head",
};

/** The fault behind an error of the parser; undefined where the connection is gone and nobody is left to be told. */
export function parserFault(error: NodeJS.ErrnoException, socket: Duplex): HostFault | undefined {
  if (error.code === "ECONNRESET" || error.code === "EPIPE" || !socket.writable) return undefined;
  return faults[error.code ?? ""] ?? "malformed";
}

/** Sockets that have their refusal: what the parser says of further bytes is of no interest. */
const refused = new WeakSet<Duplex>();

/**
 * `current`: the answer under way on the connection. A refusal must not land in the middle of one: if its request is whole, it is
 * the last; if the fault lies in its own body, the refusal takes its place, or the connection breaks where it has begun.
 */
export function refuseRaw(host: Host, fault: HostFault, socket: Duplex, peer: string, current: ServerResponse | undefined): void {
  if (refused.has(socket)) return;
  refused.add(socket);
  // Node takes its own listener away from sockets with CONNECT; a reset by the client must not end the process.
  socket.on("error", () => socket.destroy());
  if (current?.req.complete === true) {
    current.shouldKeepAlive = false;
    current.once("finish", () => closeSoon(socket));
    return;
  }
  if (current?.headersSent === true) {
    socket.destroy();
    return;
  }
  const id = host.world.requestId();
  const plain = faultAnswer(fault, id);
  const answer = host.gateway.onFault?.(fault, plain, current?.req.rawHeaders ?? [], undefined) ?? plain;
  if (current === undefined) {
    socket.end(rawAnswer(answer));
    closeSoon(socket);
  } else {
    socket.end(rawAnswer(answer), () => socket.destroy());
  }
  host.observer.begun();
  host.observer.ended(rawRecord(host, id, fault, answer, peer));
}

function closeSoon(socket: Duplex): void {
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingering);
  socket.once("close", () => clearTimeout(timer));
}

function rawAnswer({ status, headers, body }: LocalAnswer): string {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

function rawRecord(host: Host, id: string, fault: HostFault, { status, body }: LocalAnswer, client: string): CallRecord {
  return {
    time: host.world.now(),
    id,
    client,
    method: "",
    target: "",
    httpVersion: "",
    rawHeaders: [],
    status,
    fault,
    duration: 0,
    backendTime: 0,
    bytesIn: 0,
    bytesOut: body.length,
    isCut: false,
    notes: {},
  };
}
