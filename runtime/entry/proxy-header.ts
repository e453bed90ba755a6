/**
 * The header that a balancer puts in front of a connection (PROXY protocol, versions 1 and 2, of proxy-protocol.txt by HAProxy): whose it is.
 * Promises: what is not exactly such a header is refused, and no more is read than a header may have. Knows nobody's trust.
 */
import { proxyHeaderV1 } from "./proxy-header-v1.ts";
import { proxyHeaderV2 } from "./proxy-header-v2.ts";
import type { ProxyReading } from "./proxy-reading.ts";

/** Of version 2, the first 12 bytes. */
const signature = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

/** `bytes`: all that came so far. */
export function readProxyHeader(bytes: Uint8Array): ProxyReading {
  if (bytes.length === 0) return { kind: "more" };
  if (bytes[0] !== signature[0]) return proxyHeaderV1(bytes);
  const known = Math.min(bytes.length, signature.length);
  for (let at = 0; at < known; at++) if (bytes[at] !== signature[at]) return { kind: "refused", why: "no PROXY header" };
  return proxyHeaderV2(bytes);
}
