/** What a client makes of the bytes of an answer: ours, and the one of `node:http`. Both are given the same pieces by a stream in place of the socket. */
import { Agent, request } from "node:http";
import type { OnReadOpts, Socket } from "node:net";
import { Call } from "../../../../runtime/hosts/node/upstream/http1/call.ts";
import { Connection } from "../../../../runtime/hosts/node/upstream/http1/connection.ts";
import { type Said, Wire } from "./wire.ts";

export type Heard = {
  /** `waiting`: more is needed. `refused`: this is no answer. */
  readonly head: "waiting" | "refused" | { readonly status: number; readonly rawHeaders: readonly string[] };
  /** One character a byte. */
  readonly body: string;
  readonly end: "waiting" | "whole" | "broken";
  /** The connection may carry another call. */
  readonly isKept: boolean;
};

export type Answered = Said & { readonly method: string };

export async function heardByOurs(said: Answered): Promise<Heard> {
  const heard = { head: "waiting" as Heard["head"], body: "", end: "waiting" as Heard["end"], isKept: false };
  const wire = new Wire();
  const rest = { add: () => (heard.isKept = true), remove: () => (heard.isKept = false) };
  const line = new Connection((onread) => readInto(wire, onread) as unknown as Socket, "connect", rest);
  const asked = { head: `${said.method} / HTTP/1.1\r\nhost: a\r\n\r\n`, isChunked: false, isOfHead: said.method === "HEAD" };
  const call = new Call(asked, {
    onConnected: (begun) => begun.end(),
    onDrain: () => {},
    onTrouble: () => {
      heard.head = "refused";
    },
    onAnswer: ({ status, rawHeaders, body }) => {
      heard.head = { status, rawHeaders };
      body.flow({
        onData: (chunk) => {
          heard.body += Buffer.from(chunk).toString("latin1");
        },
        onEnd: () => (heard.end = "whole"),
        onBroken: () => (heard.end = "broken"),
      });
    },
  });
  line.begin(call);
  wire.emit("connect");
  await wire.say(said);
  const { isKept } = heard;
  wire.destroy();
  return { ...heard, isKept };
}

/** As a socket reads that was opened so. */
function readInto(wire: Wire, onread: OnReadOpts): Wire {
  const room = typeof onread.buffer === "function" ? onread.buffer() : onread.buffer;
  return wire.on("data", (chunk: Buffer) => {
    room.set(chunk);
    onread.callback(chunk.length, room);
  });
}

export async function heardByNode(said: Answered): Promise<Heard> {
  const heard = { head: "waiting" as Heard["head"], body: "", end: "waiting" as Heard["end"] };
  const wire = new Wire();
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = () => wire;
  let isKept = false;
  agent.keepSocketAlive = () => {
    isKept = true;
    return false;
  };
  const call = request({ agent, method: said.method, headers: ["host", "a"], maxHeaderSize: 64 * 1024 });
  let isComplete = (): boolean => false;
  const refuse = (): void => {
    if (heard.head === "waiting") heard.head = "refused";
    else if (heard.end === "waiting" && !isComplete()) heard.end = "broken";
  };
  call.on("error", refuse);
  call.on("upgrade", refuse);
  call.on("response", (incoming) => {
    heard.head = { status: incoming.statusCode ?? 0, rawHeaders: incoming.rawHeaders };
    // What breaks behind the whole answer is of no interest.
    isComplete = () => incoming.complete;
    incoming.on("error", refuse);
    incoming.on("data", (chunk: Buffer) => {
      heard.body += chunk.toString("latin1");
    });
    incoming.on("end", () => {
      if (heard.end === "waiting") heard.end = incoming.complete ? "whole" : "broken";
    });
  });
  call.end();
  await wire.say(said);
  const { head, body, end } = heard;
  call.destroy();
  wire.destroy();
  return { head, body, end, isKept };
}
