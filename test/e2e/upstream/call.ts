/** A call to the gateway, each on a connection of its own, by a client that says whether what came was whole. */
import { request } from "node:http";

export type Called = {
  readonly status: number | "none";
  readonly body: string;
  readonly isWhole: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
};
export type Calling = {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export function call(port: number, { method = "GET", path = "/fault", body, headers = {} }: Calling = {}): Promise<Called> {
  return new Promise((resolve) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    outgoing.on("error", () => resolve({ status: "none", body: "", isWhole: false, headers: {} }));
    outgoing.on("response", (incoming) => {
      let text = "";
      const done = (): void =>
        resolve({
          status: incoming.statusCode ?? 0,
          body: text,
          isWhole: incoming.complete,
          headers: { ...incoming.headers, trailers: incoming.trailers },
        });
      incoming.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
      });
      incoming.on("error", done).on("end", done).on("close", done);
    });
    outgoing.end(body);
  });
}
