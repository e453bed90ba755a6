/**
 * The Invoke API of Lambda on loopback, with functions of this process behind it. Signatures are checked by another library than ours, and streams are
 * framed by another one: what the gateway says to it, it would say to AWS.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { EventStreamCodec } from "@smithy/core/event-streams";
import { SignatureV4 } from "@smithy/signature-v4";
import { NodeSha256 } from "../../harness/node-sha256.ts";

export const CREDENTIALS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "tok/en==",
};
export const REGION = "eu-west-1";

/** What a function does with its event. Bytes: its output as it stands; `error`: it threw. */
export type Output =
  | { readonly returns: unknown }
  | { readonly bytes: string }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string } }
  | { readonly status: number }
  | { readonly silence: true }
  /** Pieces of the stream; `end`: how it ends, a damaged frame or a lost connection among others. */
  | { readonly pieces: readonly (string | Uint8Array)[]; readonly end: "well" | "error" | "damaged" | "lost" };
export type FunctionCode = (event: Readonly<Record<string, unknown>>) => Output | Promise<Output>;
export type InvokeEndpoint = {
  readonly url: string;
  /** Events in the order of their calls. */
  readonly events: Readonly<Record<string, unknown>>[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

export async function invokeEndpoint(functions: Readonly<Record<string, FunctionCode>>): Promise<InvokeEndpoint> {
  const events: Readonly<Record<string, unknown>>[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    void answer(request, response, functions, events).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    events,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  functions: Readonly<Record<string, FunctionCode>>,
  events: Readonly<Record<string, unknown>>[],
): Promise<void> {
  const parts: Uint8Array[] = [];
  for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part);
  const body = Buffer.concat(parts);
  const path = request.url ?? "";
  const [, version, name = "", kind] = /^\/(2015-03-31|2021-11-15)\/functions\/([^/]+)\/([a-z-]+)$/.exec(path) ?? [];
  if (!(await isSigned(request, body))) return end(response, 403, { message: "the signature does not match" });
  const run = functions[decodeURIComponent(name)];
  if (run === undefined) return end(response, 404, { message: "no such function" });
  const event = JSON.parse(body.toString("utf8")) as Readonly<Record<string, unknown>>;
  events.push(event);
  const output = await run(event);
  if ("silence" in output) return;
  if ("status" in output) return end(response, output.status, { message: "no" });
  if ("pieces" in output) {
    if (version !== "2021-11-15" || kind !== "response-streaming-invocations")
      return end(response, 400, { message: "not a streaming call" });
    return stream(response, output);
  }
  if (kind !== "invocations") return end(response, 400, { message: "not a buffered call" });
  if ("error" in output) {
    response.writeHead(200, { "x-amz-function-error": "Unhandled" }).end(JSON.stringify(output.error));
  } else response.writeHead(200).end("bytes" in output ? output.bytes : JSON.stringify(output.returns));
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Signs what came with the same keys and time, and compares. */
async function isSigned(request: IncomingMessage, body: Uint8Array): Promise<boolean> {
  const { authorization = "", "x-amz-date": stamp, ...others } = request.headers;
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
  const iso = String(stamp).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const signer = new SignatureV4({ service: "lambda", region: REGION, credentials: CREDENTIALS, sha256: NodeSha256, applyChecksum: false });
  const headers = Object.fromEntries(signed.filter((name) => name in others).map((name) => [name, String(others[name])]));
  const [path = ""] = (request.url ?? "").split("?");
  const again = await signer.sign(
    { method: request.method ?? "", protocol: "http:", hostname: "", path, headers, body },
    { signingDate: new Date(iso) },
  );
  return again.headers["authorization"] === authorization;
}

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")),
  (text) => Buffer.from(text, "utf8"),
);

async function stream(response: ServerResponse, { pieces, end: ending }: Extract<Output, { pieces: unknown }>): Promise<void> {
  response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
  const frame = (type: string, body: Uint8Array): Uint8Array =>
    codec.encode({
      headers: {
        ":event-type": { type: "string", value: type },
        ":content-type": { type: "string", value: "application/octet-stream" },
        ":message-type": { type: "string", value: "event" },
      },
      body,
    });
  for (const piece of pieces) {
    const bytes = frame("PayloadChunk", Buffer.from(piece));
    // In two parts, so that a frame comes in pieces.
    response.write(bytes.subarray(0, 7));
    await new Promise((resolve) => setTimeout(resolve, 5));
    response.write(bytes.subarray(7));
  }
  if (ending === "lost") return void response.destroy();
  const complete = frame("InvokeComplete", Buffer.from(JSON.stringify(ending === "error" ? { ErrorCode: "Runtime.Unhandled" } : {})));
  if (ending === "damaged") complete[complete.length - 1] = (complete.at(-1) ?? 0) ^ 1;
  response.end(complete);
}
