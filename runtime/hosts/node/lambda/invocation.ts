/** The body of an invocation: the event with the request's body in it, as text or in base64. */
import type { InvokeAnswer } from "./invoke-answer.ts";

/** Bytes: the Invoke API takes no longer event of a call that waits for its answer. */
const longestEvent = 6 * 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `body`: undefined where the request has none. Undefined: the event is too long. */
export function invocationOf({ event, isText }: InvokeAnswer, body: Uint8Array | undefined): Uint8Array | undefined {
  const text = isText && body !== undefined ? textOf(body) : undefined;
  const isBase64Encoded = body !== undefined && text === undefined;
  const given = body === undefined ? { ...noBody(event), isBase64Encoded } : { body: text ?? base64(body), isBase64Encoded };
  const bytes = Buffer.from(JSON.stringify({ ...event, ...given }), "utf8");
  return bytes.length > longestEvent ? undefined : bytes;
}

/** Version 1.0 says so, version 2.0 leaves it out. */
function noBody(event: InvokeAnswer["event"]): { readonly body?: null } {
  return event["version"] === "1.0" ? { body: null } : {};
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

function base64(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("base64");
}
