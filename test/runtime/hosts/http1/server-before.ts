/** The client for servers before a server of bytes. */
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { AnswerBody } from "../../../../runtime/hosts/node/upstream/answer-body.ts";
import { endpoint, readTarget } from "../../../../runtime/hosts/node/upstream/endpoint.ts";
import { http1 } from "../../../../runtime/hosts/node/upstream/http1.ts";
import type { Incoming, UpstreamCall } from "../../../../runtime/hosts/node/upstream/transport.ts";
import type { ForwardAnswer } from "../../../../runtime/hosts/node/upstream-request.ts";

export type Asked = Partial<Pick<ForwardAnswer, "method" | "target" | "headers" | "body">> & { readonly fresh?: boolean };
export type Begun = { readonly call: UpstreamCall; readonly incoming: Incoming };

export type ServerBefore = {
  /** All that came, by connection. */
  readonly heard: readonly string[];
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>;
  /** Resolves at the head of the answer, of which nobody takes the body yet; rejects with the trouble. */
  readonly begin: (asked?: Asked) => Promise<Begun>;
  readonly close: () => void;
};

/** `says`: what it does when something has come, as often as it comes. */
export async function serverBefore(says: (socket: Socket, came: string) => void): Promise<ServerBefore> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const at = heard.push("") - 1;
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      heard[at] += chunk.toString("latin1");
      says(socket, chunk.toString("latin1"));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const target = readTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const place = endpoint(target, target.hostname, target.port);
  const transport = http1();
  return {
    heard,
    sockets,
    begin: ({ method = "GET", target: path = "/", headers = [], body = "none", fresh = false } = {}) =>
      new Promise((resolve, reject) => {
        const answer: ForwardAnswer = { kind: "forward", backend: "", method, target: path, headers, body, responseHeaders: [] };
        let call: UpstreamCall | undefined;
        const watch = {
          onConnected: (connected: UpstreamCall) => {
            call = connected;
            if (body === "stream") connected.write(Buffer.from("part"));
            else connected.end(body === "none" ? undefined : body);
          },
          onDrain: () => {},
          onAnswer: (incoming: Incoming) => {
            if (call !== undefined) resolve({ call, incoming });
          },
          onTrouble: (trouble: string) => reject(new Error(trouble)),
        };
        transport.open(place, { answer, length: undefined, fresh }, watch);
      }),
    close: () => {
      transport.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

export type Taken = { text: string; end: "waiting" | "whole" | "broken" };

/** What has been given so far; it grows. */
export function taking(body: AnswerBody): Taken {
  const taken: Taken = { text: "", end: "waiting" };
  body.flow({
    onData: (chunk) => {
      taken.text += Buffer.from(chunk).toString("latin1");
    },
    onEnd: () => (taken.end = "whole"),
    onBroken: () => (taken.end = "broken"),
  });
  return taken;
}
