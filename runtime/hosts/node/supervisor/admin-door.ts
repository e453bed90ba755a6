/**
 * What operators ask a running gateway, on a socket in the file system that only its own user can open: which artefact serves, and to take over another, or lists that have changed.
 * Never on a port, and nothing of it at the gateway's own doors.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ListState } from "../lists/network-lists.ts";
import { listening } from "../listening.ts";

export type Admin = {
  readonly version: () => object;
  /** `folder`: of the bundle; without one: where the process was started from. */
  readonly swap: (folder: string | undefined) => Promise<SwapAnswer>;
  /** `anySize`: also lists that have lost many entries. */
  readonly readLists: (anySize: boolean) => Promise<readonly WorkerLists[]>;
};
/** Of one worker. `problem`: it does not tell. */
export type WorkerLists = { readonly pid: number; readonly lists?: readonly ListState[]; readonly problem?: string };
export type SwapAnswer = { readonly swapped: boolean; readonly artefact?: string; readonly problems?: readonly string[] };

const longestBody = 16 * 1024;
const ownerOnly = 0o177;

/** Rejects where it cannot listen. */
export async function openAdminDoor(path: string, admin: Admin): Promise<Server> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    answer(request, admin).then(
      ([status, body]) => send(response, status, body),
      () => send(response, 500, { problems: ["the supervisor failed: see its log"] }),
    );
  });
  const usual = process.umask(ownerOnly);
  try {
    await listening(server, { kind: "socket", path }, undefined);
  } finally {
    process.umask(usual);
  }
  return server;
}

async function answer(request: IncomingMessage, admin: Admin): Promise<readonly [status: number, body: object]> {
  switch (`${request.method} ${request.url}`) {
    case "GET /-/version":
      return [200, admin.version()];
    case "POST /-/swap": {
      const folder = readFolder(await textOf(request));
      if (folder === null) return [400, { problems: ['the body must be empty, or {"bundle":"FOLDER"}'] }];
      const swapped = await admin.swap(folder);
      return [swapped.problems === undefined ? 200 : 409, swapped];
    }
    case "POST /-/read-lists": {
      const anySize = readAnySize(await textOf(request));
      if (anySize === null) return [400, { problems: ['the body must be empty, or {"any_size":true}'] }];
      const workers = await admin.readLists(anySize);
      const areGood = workers.every(({ lists }) => lists?.every(({ problem }) => problem === undefined) === true);
      return [areGood ? 200 : 409, { workers }];
    }
    default:
      return [404, { problems: ["there are `GET /-/version`, `POST /-/swap` and `POST /-/read-lists`"] }];
  }
}

/** Null: neither nothing nor a folder. */
function readFolder(text: string | undefined): string | undefined | null {
  if (text === undefined) return null;
  if (text === "") return undefined;
  try {
    const body: unknown = JSON.parse(text);
    const isFolder = typeof body === "object" && body !== null && "bundle" in body && typeof body.bundle === "string" && body.bundle !== "";
    return isFolder && Object.keys(body).length === 1 ? String(body.bundle) : null;
  } catch {
    return null;
  }
}

/** Null: neither nothing nor that. */
function readAnySize(text: string | undefined): boolean | null {
  if (text === undefined) return null;
  return text === "" ? false : /^\s*\{\s*"any_size"\s*:\s*true\s*\}\s*$/.test(text) ? true : null;
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > longestBody) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
