/**
 * The connections to one backend. Promises: calls go round the targets, and a connection on which the backend said more
 * than one answer is never used again (else the next caller would get what was meant for nobody).
 */
import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import type { HttpHostBackend } from "../../contract/host-backend.ts";

/** `base`: path before the request's own, without slash at its end. */
export type Target = { readonly hostname: string; readonly port: number; readonly authority: string; readonly base: string };

export type BackendPool = {
  readonly name: string;
  /** Milliseconds, for the first byte and between any two. */
  readonly timeout: number;
  readonly agent: Agent;
  /** The target of one more call; undefined when there is none or too many calls are running. Each is followed by `leave`. */
  readonly enter: () => Target | undefined;
  readonly leave: () => void;
  readonly close: () => void;
};

const mostCalls = 10_000;
/** Shorter than the 5 s after which Node backends close an idle connection: a call must not meet a closing one. */
const idleTime = 4_000;

export function backendPool(backend: HttpHostBackend): BackendPool {
  const targets = backend.targets.map(readTarget);
  const agent = guardedAgent();
  let turn = 0;
  let calls = 0;
  return {
    name: backend.name,
    timeout: backend.timeout,
    agent,
    enter: () => {
      const target = calls < mostCalls ? targets[turn % targets.length] : undefined;
      if (target === undefined) return undefined;
      turn = (turn + 1) % targets.length;
      calls++;
      return target;
    },
    leave: () => {
      calls--;
    },
    close: () => agent.destroy(),
  };
}

/** `http://HOST[:PORT][/BASE]`, checked when the gateway started. */
function readTarget(text: string): Target {
  const rest = text.slice("http://".length);
  const slash = rest.indexOf("/");
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const base = slash < 0 ? "" : rest.slice(slash);
  const { hostname, port } = new URL(`http://${authority}`);
  return {
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port: port === "" ? 80 : Number(port),
    authority,
    base: base.endsWith("/") ? base.slice(0, -1) : base,
  };
}

function guardedAgent(): Agent {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024, scheduling: "lifo", timeout: idleTime });
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
