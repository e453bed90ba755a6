/** Debian's curl with its `--aws-sigv4`: run against a gateway, or heard by a listener that keeps what it sends. */
import { execFile, execFileSync } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import type { SignedCall, Wanted } from "./clients.ts";
import { ALICE, REGION } from "./signed-gateway.ts";

/** Installed where it is missing and may be. */
function program(): string {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
  } catch {
    execFileSync("apt-get", ["install", "-y", "curl"], { stdio: "ignore" });
  }
  return "curl";
}

/** The status that curl sees. */
export function curl(words: readonly string[]): Promise<string> {
  const all = ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--aws-sigv4", `aws:amz:${REGION}:execute-api`, ...words];
  return new Promise((resolve, reject) => execFile(program(), all, (error, out) => (error === null ? resolve(out) : reject(error))));
}

export const AS_ALICE: readonly string[] = ["--user", `${ALICE.accessKeyId}:${ALICE.secretAccessKey}`];

/** What curl sends to `host`, which does not get it. */
export async function curlCall({ method, path, query = "", body, headers = {} }: Wanted, host: string): Promise<SignedCall> {
  let heard = "";
  const server = createServer((socket) => {
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      const end = heard.indexOf("\r\n\r\n");
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(heard)?.[1] ?? 0);
      if (end >= 0 && heard.length >= end + 4 + length) socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const fields = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const data = body === undefined ? [] : ["--data-raw", body];
  const url = `http://${host}${path}${query === "" ? "" : `?${query}`}`;
  await curl([...AS_ALICE, "-X", method, ...fields, ...data, "--connect-to", `${host}:127.0.0.1:${port}`, url]);
  server.close();
  return readCall(heard);
}

function readCall(text: string): SignedCall {
  const end = text.indexOf("\r\n\r\n");
  const [start = "", ...lines] = text.slice(0, end).split("\r\n");
  const [method = "", target = ""] = start.split(" ");
  const headers = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
  return { method, target, headers, body: text.slice(end + 4) };
}
