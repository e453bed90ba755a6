/** One call over TLS, and what became of it. */
import { request } from "node:https";
import { connect as connectPlain } from "node:net";
import { connect, type ConnectionOptions } from "node:tls";

export type Called = { readonly status: number; readonly protocol: string; readonly body: string } | { readonly error: string };

/** Trusts `ca` only. A connection of its own; never throws. */
export function callTls(
  port: number,
  path: string,
  options: ConnectionOptions & { readonly headers?: Record<string, string> },
): Promise<Called> {
  return new Promise((resolve) => {
    const { headers, ...tls } = options;
    const call = request({
      host: "127.0.0.1",
      port,
      path,
      agent: false,
      servername: "gateway.example",
      ...tls,
      ...(headers && { headers }),
    });
    call.on("error", (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    call.on("response", (response) => {
      let body = "";
      const socket = response.socket as unknown as { getProtocol?: () => string | null };
      const protocol = socket.getProtocol?.() ?? "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, protocol, body }));
    });
    call.setTimeout(3_000, () => call.destroy(new Error("timeout")));
    call.end();
  });
}

/** The status, or that the connection ended without an answer. */
export async function statusOf(called: Promise<Called>): Promise<number | "no answer"> {
  const result = await called;
  return "status" in result ? result.status : "no answer";
}

/** Behind a PROXY header on the same connection. */
export function callBehindHeader(port: number, header: Uint8Array, options: ConnectionOptions, path: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const done = (): void => resolve(text);
    const socket = connectPlain(port, "127.0.0.1", () => {
      socket.write(header);
      const secure = connect({ ...options, socket, servername: "gateway.example" }, () =>
        secure.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
      );
      secure.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
      secure.on("error", done).on("close", done);
    });
    socket.on("error", done);
  });
}
