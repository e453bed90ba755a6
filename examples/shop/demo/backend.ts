/** A demo backend: answers every call with what it received, so that you can see what the gateway sends on. */
import { createServer, type Server } from "node:http";
import { listen } from "./listen.ts";

export async function startBackend(name: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => response.destroy());
    request.on("end", () => {
      const answer = {
        backend: name,
        method: request.method,
        path: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      response.writeHead(200, { "content-type": "application/json" }).end(`${JSON.stringify(answer, null, 2)}\n`);
    });
  });
  return { url: `http://localhost:${await listen(server)}`, server };
}
