/** A gateway that keeps answers, over real sockets before a real backend, under a clock that the test moves. Callers bring API keys. */
import { createHash } from "node:crypto";
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { caching } from "../../../runtime/hosts/node/cache/caching.ts";
import type { KeptAnswers } from "../../../runtime/hosts/node/cache/kept-answers.ts";
import { compress } from "../../../runtime/hosts/node/compress.ts";
import { managedHttpBackend } from "../../../runtime/hosts/node/upstream/managed-backend.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import { serveText } from "../../emit/serve-text.ts";
import { httpBackend, portOf } from "../../runtime/hosts/served.ts";

export type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
export type Asked = { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders };
export type CachedGateway = {
  readonly port: number;
  /** What the backend was asked, in order. */
  readonly asked: readonly Asked[];
  readonly entries: readonly AccessEntry[];
  readonly faults: readonly unknown[];
  /** Milliseconds that the clock goes on. */
  readonly pass: (milliseconds: number) => void;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>, method?: string) => Promise<Got>;
  /** The backend answers no more, and its connections end. */
  readonly endBackend: () => void;
  readonly close: () => Promise<void>;
};

/** By name; each is 40 characters. */
export const keyOf = (name: string): string => `key-of-${name}`.padEnd(40, "0");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const HEAD = `gwl 1
env BACKEND: Url
secret KEYS: KeyStore
identity Customer = api_key(KEYS) { header: "X-Key", fields { tenant: String } }
store answers = redis { url: "redis://127.0.0.1:1" }
backend up = http { targets: [BACKEND], timeout: 3s }
`;

/** The key of a caller. */
export const as = (name: string): Readonly<Record<string, string>> => ({ "x-key": keyOf(name) });

/** What a backend says; each answer has a number of its own. */
export type Answering = (response: ServerResponse, number: number, headers: Readonly<Record<string, unknown>>) => void;

export function says(fields: Readonly<Record<string, string | string[]>>, status = 200): Answering {
  return (response, number) => {
    response.writeHead(status, fields);
    response.end(`answer ${number}`);
  };
}

/** Bodies of several calls, one after the other. */
export async function bodies(calls: readonly (() => Promise<{ readonly body: string }>)[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of calls) found.push((await one()).body);
  return found;
}

export function isSame([first, ...others]: readonly string[]): boolean {
  return others.every((other) => other === first);
}

type More = { readonly mostBytes?: number; readonly stores?: ReadonlyMap<string, KeptAnswers>; readonly now?: () => number };

/** `text` follows a head with `up`, `Customer` and `answers`. Callers are ann and bob of t1, and eve of t2. */
export async function cachedGateway(text: string, listener: RequestListener, more: More = {}): Promise<CachedGateway> {
  const asked: Asked[] = [];
  let shift = 0;
  const now = more.now ?? ((): number => Date.now() + shift);
  const server = await httpBackend((request: IncomingMessage, response: ServerResponse) => {
    asked.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    // Their clocks agree.
    response.setHeader("date", new Date(now()).toUTCString());
    listener(request, response);
  });
  const callers = Object.entries({ ann: "t1", bob: "t1", eve: "t2" });
  const KEYS = JSON.stringify({ keys: callers.map(([id, tenant]) => ({ id, sha256: sha256(keyOf(id)), fields: { tenant } })) });
  const { serving, log, faults } = await serveText(`${HEAD}${text}`, {
    variables: { BACKEND: `http://127.0.0.1:${portOf(server)}`, KEYS },
    world: { now },
    options: {
      port: 0,
      compress,
      backends: { http: managedHttpBackend },
      cache: caching(more.mostBytes ?? 64 * 1024 * 1024, more.stores),
    },
  });
  const { port } = serving;
  return {
    port,
    asked,
    entries: log,
    faults,
    pass: (milliseconds) => (shift += milliseconds),
    get: (path, headers, method) => get(port, path, headers, method),
    endBackend: () => {
      server.closeAllConnections();
      server.close();
    },
    close: async () => {
      await serving.stop(0);
      server.closeAllConnections();
      server.close();
    },
  };
}

export function get(port: number, path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      { port, host: "127.0.0.1", path, method, headers: { host: "shop.example", ...headers }, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part)).once("error", reject);
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString("latin1") }),
        );
      },
    );
    call.once("error", reject);
    call.end();
  });
}
