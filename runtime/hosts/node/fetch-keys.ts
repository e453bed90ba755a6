/** One call for a key set (RFC 7517 section 5): bounded in time and size, no redirects, strict JSON. */
import { get as getPlain, type IncomingMessage } from "node:http";
import { get as getSecure } from "node:https";
import type { Jwk } from "../../contract/world.ts";
import { parseJson } from "../../kernel/strict-json.ts";

const deadline = 5_000;
const mostBytes = 1024 * 1024;

/** The keys at `url`, or undefined for whatever is not a whole 200 answer with a key set. */
export async function fetchKeys(url: string): Promise<readonly Jwk[] | undefined> {
  try {
    const body = await download(new URL(url));
    const parsed = parseJson(body, { depth: 16, keys: 20_000 });
    return parsed.ok ? keysOf(parsed.value) : undefined;
  } catch {
    return undefined;
  }
}

function keysOf(document: unknown): readonly Jwk[] | undefined {
  if (!isObject(document) || !Array.isArray(document["keys"])) return undefined;
  return document["keys"].filter(isObject);
}

function isObject(value: unknown): value is Jwk {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function download(url: URL): Promise<Uint8Array> {
  const get = url.protocol === "https:" ? getSecure : getPlain;
  const options = {
    agent: false,
    signal: AbortSignal.timeout(deadline),
    headers: { accept: "application/jwk-set+json, application/json", "accept-encoding": "identity" },
  };
  return new Promise((resolve, reject) => {
    get(url, options, (answer) => collect(answer).then(resolve, reject)).on("error", reject);
  });
}

async function collect(answer: IncomingMessage): Promise<Uint8Array> {
  try {
    if (answer.statusCode !== 200 || answer.headers["content-encoding"] !== undefined) throw new Error("no key set");
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > mostBytes) throw new Error("a key set of more than 1 MiB");
      parts.push(part);
    }
    return Buffer.concat(parts);
  } finally {
    answer.destroy();
  }
}
