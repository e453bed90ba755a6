/** What frames say that close a WebSocket (RFC 6455 sections 5.5.1 and 7.4). */
import type { FrameFault } from "./websocket-frames.ts";

/** No code was said, and: the connection ended without a frame that closes it. Neither is ever sent. */
export const noCode = 1005;
export const broken = 1006;

const strict = new TextDecoder("utf-8", { fatal: true });

/** The code; or what is wrong with the payload. */
export function readClose(payload: Uint8Array): number | FrameFault {
  if (payload.length === 0) return noCode;
  const code = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  if (payload.length === 1 || !maySay(code)) return { code: 1002, why: "a code of closing is none" };
  try {
    strict.decode(payload.subarray(2));
    return code;
  } catch {
    return { code: 1007, why: "a reason of closing is no text" };
  }
}

/** Those that RFC 6455 and the registry of IANA have, and those of applications. */
function maySay(code: number): boolean {
  return (code >= 1000 && code <= 1014 && !(code >= 1004 && code <= 1006)) || (code >= 3000 && code <= 4999);
}

/** `reason`: at most 123 bytes. */
export function closePayload(code: number, reason: string): Uint8Array {
  return Uint8Array.from([code >> 8, code & 0xff, ...new TextEncoder().encode(reason)]);
}
