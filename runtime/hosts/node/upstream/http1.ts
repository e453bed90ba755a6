/**
 * HTTP/1.1 to servers, over TCP and TLS. Promises: a connection on which a server said more than one answer is never used again (else the next
 * caller would get what was meant for nobody), and a server that speaks TLS proves its name.
 */
import { Agent, type ClientRequest, type IncomingMessage } from "node:http";
import { Agent as TlsAgent, type AgentOptions } from "node:https";
import type { Duplex } from "node:stream";
import { upstreamRequest } from "../upstream-request.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Incoming, Request, Transport, TransportWatch, Trouble, UpstreamCall } from "./transport.ts";

/** Shorter than the 5 s after which Node backends close an idle connection: a call must not meet a closing one. */
const idleTime = 4_000;
const kept = { keepAlive: true, maxFreeSockets: 1024, scheduling: "lifo", timeout: idleTime } as const;

/** Of the connections; verification is never among them. */
export type TlsSettings = Pick<AgentOptions, "ca" | "cert" | "key" | "servername">;

export function http1(tls: () => TlsSettings = () => none): Transport {
  const plain = byPlace(guarded(new Agent(kept)));
  let secure: { readonly settings: TlsSettings; readonly agent: TlsAgent } | undefined;
  const secureAgent = (fresh: boolean): TlsAgent => {
    const settings = tls();
    if (fresh) return new TlsAgent({ ...settings, ...always });
    if (secure?.settings === settings) return secure.agent;
    secure?.agent.destroy();
    secure = { settings, agent: guarded(new TlsAgent({ ...kept, ...settings, ...always })) };
    return secure.agent;
  };
  return {
    open: (endpoint, request, watch) => {
      const { fresh } = request;
      return opened(endpoint, request, watch, endpoint.target.isTls ? secureAgent(fresh) : !fresh && plain);
    },
    close: () => {
      plain.destroy();
      secure?.agent.destroy();
    },
  };
}

const none: TlsSettings = {};
/** Whatever the program says of TLS. */
export const always = { minVersion: "TLSv1.2", rejectUnauthorized: true, ALPNProtocols: ["http/1.1"] } as const;

function opened(endpoint: Endpoint, { answer, length }: Request, watch: TransportWatch, agent: Agent | false): UpstreamCall {
  const upstream = upstreamRequest(answer, endpoint, { agent, length });
  let isConnected = false;
  let answered: IncomingMessage | undefined;
  let isBroken = false;
  const connected = (): void => {
    isConnected = true;
    watch.onConnected();
  };
  upstream.on("socket", (socket) => {
    if (!socket.connecting && (!("encrypted" in socket) || upstream.reusedSocket)) connected();
    else socket.once("encrypted" in socket ? "secureConnect" : "connect", connected);
  });
  upstream.on("drain", () => watch.onDrain());
  upstream.on("error", (error) => {
    if (answered === undefined) watch.onTrouble(troubleOf(error, upstream, isConnected));
    // Node takes a body without length for whole where its connection was reset. What breaks behind the whole answer is of no interest.
    else if (!answered.complete) isBroken = true;
  });
  upstream.on("close", () => {
    if (answered === undefined) watch.onTrouble(isConnected ? "reset" : "connect");
  });
  upstream.on("upgrade", (_incoming, socket) => {
    socket.on("error", ignore).destroy();
    watch.onTrouble("malformed");
  });
  upstream.on("response", (incoming: IncomingMessage) => {
    answered = incoming;
    incoming.on("error", ignore);
    watch.onAnswer(incomingOf(incoming, () => incoming.complete && !isBroken));
  });
  return {
    write: (chunk) => upstream.write(chunk),
    end: (chunk) => void upstream.end(chunk),
    isSent: () => upstream.writableFinished,
    destroy: () => void upstream.destroy(),
  };
}

function incomingOf(incoming: IncomingMessage, isWhole: () => boolean): Incoming {
  const { statusCode: status = 0, rawHeaders } = incoming;
  return { status, rawHeaders, body: incoming, isWhole };
}

function troubleOf(error: NodeJS.ErrnoException, { reusedSocket }: ClientRequest, isConnected: boolean): Trouble {
  if (!isConnected) return "connect";
  if (error.code?.startsWith("HPE_") === true) return "malformed";
  return reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE") ? "stale" : "reset";
}

/** In clear all that matters of a connection is where it goes; the usual name says more, and is put together several times a call. */
function byPlace(agent: Agent): Agent {
  agent.getName = ({ host, port } = {}) => `${host}:${port}`;
  return agent;
}

/** Bytes that come while a connection is kept were asked for by nobody: it ends. */
function guarded<Kind extends Agent>(agent: Kind): Kind {
  const keep = agent.keepSocketAlive.bind(agent);
  const reuse = agent.reuseSocket.bind(agent);
  agent.keepSocketAlive = (socket) => {
    if (socket.readableLength > 0) return false;
    socket.on("data", destroyThis);
    return keep(socket);
  };
  agent.reuseSocket = (socket, request) => {
    socket.off("data", destroyThis);
    reuse(socket, request);
  };
  return agent;
}

function destroyThis(this: Duplex): void {
  this.destroy();
}

function ignore(): void {}
