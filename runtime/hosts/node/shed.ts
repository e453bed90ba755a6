/** What a call gets that an overloaded process does not take, and connections of a client that has too many. Promises to cost as little as can be. */
import type { Server, Socket } from "node:net";
import type { LocalAnswer } from "../../contract/gateway.ts";
import { problemBody, problemHeaders } from "../../kernel/problem.ts";
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import type { Overload } from "./overload.ts";

const body = problemBody("overloaded", 503, "Overloaded");

/** The connection stays, unless a body would have to be read. */
export function shed(request: ClientRequest, response: ClientResponse, requestId: string): void {
  const plain: LocalAnswer = { status: 503, headers: [...problemHeaders(requestId), ["retry-after", "1"]], body };
  const said = response.asRefusal?.(plain) ?? plain;
  if (request.length !== 0) response.shouldKeepAlive = false;
  response.writeHead(said.status, [...said.headers.flat(), "content-length", String(said.body.length)]);
  response.end(request.method === "HEAD" || said.body === "" ? undefined : Buffer.from(said.body));
}

/** Before the server listens; where connections come from clients themselves, not by a balancer. */
export function limitConnections(server: Server, { connect, disconnect }: Overload): void {
  server.prependListener("connection", (socket: Socket) => {
    const client = clientOf(socket.remoteAddress ?? "");
    if (!connect(client)) return void socket.resetAndDestroy();
    socket.once("close", () => disconnect(client));
  });
}

/** An IPv4 address, also one that came mapped; of IPv6 the first 64 bits, which is what one client has. */
export function clientOf(address: string): string {
  if (!address.includes(":") || address.startsWith("::ffff:")) return address.replace("::ffff:", "");
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const [first, last] = [head.split(":"), (tail ?? "").split(":")].map((groups) => groups.filter((group) => group !== ""));
  const zeros = tail === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0);
  return [...(first ?? []), ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...(last ?? [])].slice(0, 4).join(":");
}
