/** The bytes of a list, from a file or over HTTPS. Promises that a file which somebody is writing is not taken for whole, and bounds on size and time. */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { setTimeout as later } from "node:timers/promises";
import type { World } from "../../../contract/world.ts";
import type { ListPlace } from "./list-place.ts";

export type Fetched =
  /** `tag`: by which the server knows this version (RFC 9110 section 8.8.3). */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly tag?: string }
  | { readonly kind: "same" }
  | { readonly kind: "failed"; readonly why: string };

/** As much as the compiler reads. */
const mostBytes = 64 * 1024 * 1024;
/** Milliseconds. A file is whole when nobody has written to it for so long, which is waited for so often. */
const quiet = 300;
const patience = 20;
const longestAnswer = 60_000;

/** `tag`: of the version that is known. */
export async function fetchList(place: ListPlace, tag: string | undefined, ask: World["ask"]): Promise<Fetched> {
  return place.kind === "file" ? readQuiet(place.path) : asked(place.url, tag, ask);
}

async function readQuiet(path: string): Promise<Fetched> {
  for (let tries = 0; tries < patience; tries++) {
    const read = readOnce(path);
    if (read !== "busy") return read;
    await later(quiet);
  }
  return { kind: "failed", why: "somebody is writing to it all the time; write beside it, and rename" };
}

function readOnce(path: string): Fetched | "busy" {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile()) return { kind: "failed", why: "it is no file" };
    if (before.size > mostBytes) return { kind: "failed", why: `it has more than ${mostBytes} bytes` };
    // A clock that was set back must not make a file young for ever.
    const age = Date.now() - Number(before.mtimeMs);
    if (age >= 0 && age < quiet) return "busy";
    const bytes = readFileSync(file);
    const after = fstatSync(file, { bigint: true });
    return before.mtimeNs === after.mtimeNs && before.size === after.size ? { kind: "bytes", bytes } : "busy";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { kind: "failed", why: WHY[code] ?? `it cannot be read (${code || String(error)})` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "the process may not read it",
  EISDIR: "it is a folder",
};

async function asked(url: string, tag: string | undefined, ask: World["ask"]): Promise<Fetched> {
  const known: readonly (readonly [string, string])[] = tag === undefined ? [] : [["if-none-match", tag]];
  const reply = await ask({ method: "GET", url, headers: [["accept", "*/*"], ...known], timeout: longestAnswer, mostBytes });
  if (reply.kind === "timeout") return { kind: "failed", why: `it did not come within ${longestAnswer / 1000} seconds` };
  if (reply.kind === "failed") return { kind: "failed", why: reply.why };
  if (reply.status === 304 && tag !== undefined) return { kind: "same" };
  if (reply.status !== 200) return { kind: "failed", why: `its server answers with ${reply.status}` };
  const told = reply.headers.find(([name]) => name === "etag")?.[1];
  return { kind: "bytes", bytes: reply.body, ...(told === undefined ? {} : { tag: told }) };
}
