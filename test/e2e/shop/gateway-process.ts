/** A built gateway as a process, with its log. */
import { type ChildProcess, spawn } from "node:child_process";
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { until } from "../../cli/gwl.ts";

export type LogLine = {
  readonly path: string;
  readonly status: number;
  readonly effect: string;
  readonly cause: string;
  readonly rules: readonly string[];
  readonly id: string;
  readonly client: string;
  readonly route?: string;
  readonly principal?: { readonly identity: string; readonly id: string };
};

export type Gateway = {
  readonly child: ChildProcess;
  out: string;
  err: string;
  /** Undefined while it runs. */
  code: number | null | undefined;
  /** Milliseconds from the start of the process until it listened. */
  ready: number;
};

/** `preload`: a module that Node runs before the server. One process alone, unless `variables` say how many workers. */
export function startGateway(bundle: string, variables: Readonly<Record<string, string>>, preload?: string): Gateway {
  const before = preload === undefined ? [] : ["--import", preload];
  const child = spawn(process.execPath, [...before, join(bundle, "server.js")], { env: { WORKERS: "0", ...variables }, cwd: "/" });
  const started = performance.now();
  const gateway: Gateway = { child, out: "", err: "", code: undefined, ready: 0 };
  child.stdout.on("data", (chunk) => {
    if (gateway.ready === 0) gateway.ready = performance.now() - started;
    gateway.out += String(chunk);
  });
  child.stderr.on("data", (chunk) => (gateway.err += String(chunk)));
  child.on("close", (code) => (gateway.code = code));
  return gateway;
}

export async function portOf(gateway: Gateway): Promise<number> {
  const announced = (): string | undefined =>
    gateway.out
      .split("\n")
      .slice(0, -1)
      .find((line) => line.includes('"event":"listening"'));
  await until(() => announced() !== undefined || gateway.code !== undefined);
  if (gateway.code !== undefined) throw new Error(`the gateway ended: ${gateway.err}`);
  return (JSON.parse(announced() ?? "") as { readonly port: number }).port;
}

export async function endOf(gateway: Gateway): Promise<Gateway> {
  await until(() => gateway.code !== undefined);
  return gateway;
}

/** The line of the request with this id; lines are written some milliseconds later. */
export async function logOf({ id }: Answer, gateway: Gateway): Promise<LogLine> {
  const find = (): string | undefined => gateway.out.split("\n").find((line) => line.includes(`"id":"${id}"`) && line.endsWith("}"));
  await until(() => find() !== undefined);
  return JSON.parse(find() ?? "") as LogLine;
}

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The request's, as the gateway says it. */
  readonly id: string;
};
export type Call = {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | object;
  readonly from?: string;
  readonly token?: string;
};

/** `what`: `GET /path`. `from`: the address that the CDN says. An object is sent as JSON. */
export function call(port: number, what: string, { headers = {}, body, from, token }: Call = {}): Promise<Answer> {
  const [method = "", path = ""] = what.split(" ");
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  const all: OutgoingHttpHeaders = {
    host: "localhost",
    ...(typeof body === "object" ? { "content-type": "application/json" } : {}),
    ...(from === undefined ? {} : { "x-forwarded-for": from }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(text === undefined ? {} : { "content-length": String(Buffer.byteLength(text)) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers: all, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const received = Buffer.concat(chunks).toString("utf8");
        const id = String(response.headers["x-request-id"]);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received, id });
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}
