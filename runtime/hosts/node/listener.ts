/**
 * A door of the gateway: a port or socket, with what stands before HTTP there: the balancer's header, TLS, the caller's certificate. Promises that
 * a connection without what the entry asks for reaches no request, and that changed files are taken over without dropping a call.
 */
import type { Socket } from "node:net";
import { constants, createHash } from "node:crypto";
import type { SecureContextOptions, Server as TlsServer, TLSSocket, TlsOptions } from "node:tls";
import type { HostListener } from "../../contract/gateway.ts";
import { type BehindBalancer, behindBalancer } from "./behind-balancer.ts";
import { type ClientCertificates, clientCertificates } from "./client-certificate.ts";
import { type Arrived, ownMachine } from "./door.ts";
import type { Host } from "./host.ts";
import { closed, type HttpServer, httpServer, retired } from "./http-server.ts";
import { listening, type Listening } from "./listening.ts";
import { limitConnections } from "./shed.ts";
import { readTls, type TlsPaths, watchTls } from "./tls-files.ts";

export type OpenDoor = Listening & {
  readonly entry?: string;
  readonly isTls: boolean;
  /** From now on sessions are resumed that have tickets by these keys, 48 bytes, and no others. */
  readonly changeTicketKeys?: (keys: Buffer) => void;
} & Ending;
/** As `Serving` has it, of one door. */
export type Ending = { readonly stop: (grace: number) => Promise<void>; readonly retire: () => Promise<void> };

/** Bytes (OpenSSL, SSL_MAX_SID_CTX_LENGTH). */
const longestContext = 32;

/** Resolves when it listens; rejects where it cannot, or where its files cannot be used. */
export async function openListener(host: Host, entry: HostListener, address: string | undefined): Promise<OpenDoor> {
  const paths = entry.tls && { ...entry.tls, ...entry.mtls };
  const tls = paths && tlsOptions(host, entry, paths);
  const arrivals = new WeakMap<Socket, Arrived>();
  let balancer: BehindBalancer | undefined;
  let certificates: ClientCertificates | undefined;
  const arrivedBy = (socket: Socket): Arrived => {
    const known = arrivals.get(socket) ?? arrivalOf(entry, socket, balancer, certificates);
    arrivals.set(socket, known);
    return known;
  };
  const http = httpServer(host, entry.name, arrivedBy, { tls, http2: entry.http2 });
  if (host.overload !== undefined && entry.isBalancer === undefined) limitConnections(http.server, host.overload);
  if (entry.mtls !== undefined) certificates = clientCertificates(http.server as unknown as TlsServer);
  const { isBalancer } = entry;
  const refused = (client: string, fault: string): void =>
    host.observer.happened({ kind: "connection-refused", door: entry.name, fault, client, time: host.world.now() });
  if (isBalancer !== undefined) {
    const deadline = host.settings.limits.headerTimeout;
    balancer = behindBalancer(http.server, { isBalancer, deadline, onRefused: refused });
  }
  const unwatch = paths && secured(host, entry, http, paths, arrivedBy, refused);
  const bound = await listening(http.server, entry.at, address).catch((error: unknown) => {
    unwatch?.();
    throw error;
  });
  return {
    ...bound,
    entry: entry.name,
    isTls: tls !== undefined,
    ...(tls && { changeTicketKeys: (keys: Buffer) => (http.server as unknown as TlsServer).setTicketKeys(keys) }),
    stop: async (grace) => {
      unwatch?.();
      balancer?.closeWaiting();
      await closed(http, grace);
    },
    retire: () => retired(http).finally(() => unwatch?.()),
  };
}

function tlsOptions(host: Host, entry: HostListener, paths: TlsPaths): TlsOptions {
  const { name, mtls, http2 } = entry;
  const read = readTls(paths);
  if (!read.ok) throw new Error(`the entry \`${name}\`: ${read.problem}`);
  const asking = mtls === undefined ? {} : { requestCert: true, rejectUnauthorized: true };
  return {
    ...contextOf(entry, read.options),
    ALPNProtocols: http2 ? ["h2", "http/1.1"] : ["http/1.1"],
    handshakeTimeout: host.settings.limits.headerTimeout,
    ...asking,
  };
}

/** Sessions are those of the entry (RFC 8446, 4.6.1; Node would make them those of the bundle's folder); whoever shows a certificate shows it each time. */
function contextOf({ name, mtls }: HostListener, options: SecureContextOptions): SecureContextOptions {
  const sessions = { ...options, sessionIdContext: createHash("sha256").update(name).digest("hex").slice(0, longestContext) };
  return mtls === undefined ? sessions : { ...sessions, secureOptions: constants.SSL_OP_NO_TICKET };
}

/** What TLS says of connections, and what becomes of changed files. Gives what ends the watch. */
function secured(
  host: Host,
  entry: HostListener,
  { server, line, http2 }: HttpServer,
  paths: TlsPaths,
  arrivedBy: (socket: Socket) => Arrived,
  refused: (peer: string, fault: string) => void,
): () => void {
  const { name, mtls } = entry;
  const tlsServer = server as unknown as TlsServer;
  tlsServer.on("tlsClientError", (_error, socket) => {
    refused(arrivedBy(socket).peer, "tls-handshake");
    socket.destroy();
  });
  tlsServer.prependListener("secureConnection", (socket: TLSSocket) => {
    const arrived = arrivedBy(socket);
    if (mtls === undefined || arrived.certificate !== undefined) return;
    refused(arrived.peer, "client-certificate");
    socket.destroy();
  });
  const first = readTls(paths);
  let current = first.ok ? first.version : "";
  return watchTls(paths, () => {
    const read = readTls(paths);
    if (!read.ok) return host.fault("", new Error(`the entry \`${name}\` keeps its certificates: ${read.problem}`));
    if (read.version === current) return;
    current = read.version;
    tlsServer.setSecureContext(contextOf(entry, read.options));
    // Whoever was let in by authorities that count no more must come again.
    if (mtls === undefined) return;
    line.retire();
    http2?.close();
  });
}

function arrivalOf(
  { name, at, tls, mtls }: HostListener,
  socket: Socket,
  balancer: BehindBalancer | undefined,
  certificates: ClientCertificates | undefined,
): Arrived {
  const header = balancer?.headerOf(socket);
  const certificate = mtls && certificates?.(socket as TLSSocket, mtls.depth);
  return {
    peer: header?.source ?? (at.kind === "socket" ? ownMachine : (socket.remoteAddress ?? "")),
    secure: tls !== undefined,
    entry: { listener: name, ...(header?.vpce === undefined ? {} : { vpce: header.vpce }) },
    ...(certificate === undefined ? {} : { certificate }),
  };
}
