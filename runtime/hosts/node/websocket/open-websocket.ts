/**
 * A `websocket` backend: the handshake with one of its servers, then frames both ways until one of the ends, or the gateway, has had enough. Promises
 * that a call is over when both connections are, so that what counts calls under way counts WebSockets.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { WebsocketHostBackend } from "../../../contract/host-backend.ts";
import { responseFields } from "../../../kernel/response-fields.ts";
import { download, sendHead } from "../download.ts";
import { cut, type Exchange } from "../exchange.ts";
import type { HostedBackend } from "../host.ts";
import type { BackendAround } from "../hosted-backend.ts";
import { onlyOfKind } from "../hosted-backend.ts";
import type { HostFault } from "../host-fault.ts";
import { answerWithFault, ended } from "../local-answer.ts";
import { stallTimer } from "../stall-timer.ts";
import type { Ask, Place, Repeatable } from "../upstream/dispatch.ts";
import type { Endpoint } from "../upstream/endpoint.ts";
import { http1 } from "../upstream/http1.ts";
import { type ManagedServers, managedServers } from "../upstream/managed-backend.ts";
import type { Incoming } from "../upstream/transport.ts";
import { acceptOf, type Agreed, type Handshake, handshake, type WebsocketAnswer } from "./handshake.ts";
import { openWebsockets, type OpenWebsockets } from "./open-websockets.ts";

type Servers = ManagedServers & { readonly backend: WebsocketHostBackend };
/** `left`: the client did. */
type Met = { readonly place: Place; readonly met: Extract<Handshake, { kind: "agreed" | "answered" }> } | HostFault | "left";

export function websocketBackend(backend: WebsocketHostBackend, around: BackendAround): HostedBackend {
  const servers: Servers = { backend, ...managedServers(backend, around, (tls) => http1(tls)) };
  const open = openWebsockets(backend, around.observer);
  return {
    carry: (exchange, answer) => carry(exchange, onlyOfKind(answer, "websocket"), servers, open),
    drain: open.drain,
    close: () => {
      servers.dispatch.close();
      servers.transport.close();
    },
  };
}

async function carry(exchange: Exchange, answer: WebsocketAnswer, servers: Servers, open: OpenWebsockets): Promise<void> {
  const begun = performance.now();
  exchange.backend = answer.backend;
  const result = await meet(exchange, answer, servers);
  exchange.backendTime = performance.now() - begun;
  if (result === "left") return cut(exchange);
  if (typeof result === "string") return answerWithFault(exchange, result);
  const { place, met } = result;
  const { dispatch } = servers;
  if (met.kind === "answered") {
    const isPassed = await passAnswer(exchange, answer, met.incoming, servers.backend);
    dispatch.done(place, isPassed ? { kind: "passed", status: met.incoming.status } : { kind: "broken" });
    exchange.backendTime = performance.now() - begun;
    return isPassed ? ended(exchange) : exchange.response.headersSent ? cut(exchange) : answerWithFault(exchange, "bad-gateway");
  }
  dispatch.learn(place, { kind: "passed", status: 101 });
  try {
    if (!agree(exchange, answer, met.agreed)) return await answerWithFault(exchange, "bad-gateway");
    await open.until(exchange, met.agreed);
  } finally {
    dispatch.leave(place);
  }
}

/** One server after the other, as for calls of an `http` backend: a handshake does no harm twice. */
async function meet(exchange: Exchange, answer: WebsocketAnswer, { dispatch, backend, tls }: Servers): Promise<Met> {
  const { timeouts } = backend.traffic;
  const tried: Endpoint[] = [];
  const ask: Ask = { key: answer.key, method: "GET", tried };
  const { response } = exchange;
  let giveUp: ((why: "left" | "timeout") => void) | undefined;
  let isLate = false;
  const timer = setTimeout(
    () => {
      isLate = true;
      giveUp?.("timeout");
    },
    timeouts.total ?? 2 ** 31 - 1,
  );
  const gone = (): void => giveUp?.("left");
  response.once("close", gone);
  try {
    for (;;) {
      const place = await dispatch.enter(ask);
      if (typeof place === "string") return place;
      tried.push(place.endpoint);
      if (tried.length > 1) exchange.notes.attempts = tried.length;
      const met: Handshake = response.destroyed
        ? { kind: "left" }
        : await handshake({ answer, endpoint: place.endpoint, timeouts, tls, onStart: (end) => (giveUp = end) });
      giveUp = undefined;
      if (met.kind === "agreed") return { place, met };
      if (met.kind === "left") {
        dispatch.done(place, met);
        return "left";
      }
      const end: Repeatable = met.kind === "answered" ? { kind: "status", status: met.incoming.status } : met;
      const pause = isLate ? undefined : dispatch.again(ask, end);
      if (met.kind === "answered" && pause === undefined) return { place, met };
      if (met.kind === "answered") met.incoming.body.destroy();
      dispatch.done(place, end);
      if (pause === undefined) return end.kind === "trouble" && end.trouble === "timeout" ? "backend-timeout" : "bad-gateway";
      if (pause > 0) await sleep(pause);
    }
  } finally {
    clearTimeout(timer);
    response.off("close", gone);
  }
}

/** The server would not: what it says instead goes to the client, as nginx and Envoy have it. False: it did not come whole. */
function passAnswer(exchange: Exchange, answer: WebsocketAnswer, incoming: Incoming, { traffic }: WebsocketHostBackend): Promise<boolean> {
  const { response } = exchange;
  return new Promise((resolve) => {
    const forwarded = { ...answer, kind: "forward", method: "GET", body: "none" } as const;
    if (!sendHead(exchange, forwarded, incoming)) {
      incoming.body.destroy();
      return resolve(false);
    }
    const broken = (): void => {
      incoming.body.destroy();
      resolve(false);
    };
    response.once("close", broken);
    const stall = stallTimer(traffic.timeouts.idle, broken);
    download(exchange, incoming, stall, { onEnd: () => resolve(true), onBroken: broken });
  });
}

/** Answers the client's handshake with what the server agreed to. False: the server's fields cannot be passed on. */
function agree({ response }: Exchange, answer: WebsocketAnswer, { rawHeaders, protocol, extensions, socket }: Agreed): boolean {
  const fields = responseFields(rawHeaders, answer);
  if (fields === undefined) {
    socket.on("error", () => {}).destroy();
    return false;
  }
  const passed = fields.filter(([name]) => !name.startsWith("sec-websocket-") && name !== "content-length");
  response.writeHead(101, [
    ...passed.flat(),
    "connection",
    "Upgrade",
    "upgrade",
    "websocket",
    "sec-websocket-accept",
    acceptOf(answer.nonce),
    ...(protocol === undefined ? [] : ["sec-websocket-protocol", protocol]),
    ...(extensions === undefined ? [] : ["sec-websocket-extensions", extensions]),
  ]);
  response.end();
  return true;
}
