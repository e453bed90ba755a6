/** The client's side of the opening handshake (RFC 6455 sections 4.1 and 4.2.1): what of it may be wrong, and what of it goes on. */
import type { Cause, HeaderField } from "../contract/gateway.ts";
import { isToken, trimBlanks } from "../kernel/characters.ts";
import type { CanonicalRequest } from "../kernel/canonical-request.ts";
import { allValues } from "../kernel/fields.ts";

/** 16 bytes in base64. */
const nonce = /^[A-Za-z0-9+/]{21}[AQgw]==$/;
/** RFC 7692 section 7, without the quotes that nobody writes. */
const deflate = /^permessage-deflate(?:[ \t]*;[ \t]*[a-z_]+(?:[ \t]*=[ \t]*[0-9]+)?)*$/i;

/** Fields that speak of this connection; that of the subprotocols is about what is said on it. */
const ofConnection: ReadonlySet<string> = new Set([
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
  "sec-websocket-accept",
]);

/**
 * `isLetIn`: whether a page of that origin may connect. A browser tells the origin with every handshake and sends cookies whatever it is, and no answer
 * that the page could not read would help afterwards: whoever is not named stays outside.
 */
export function handshakeFault(request: CanonicalRequest, isLetIn: (origin: string) => boolean): Cause | undefined {
  const { headers, isUpgrade } = request;
  if (!isUpgrade) return "upgrade-required";
  const [version, ...versions] = allValues(headers, "sec-websocket-version");
  const [key = "", ...keys] = allValues(headers, "sec-websocket-key");
  const [origin, ...origins] = allValues(headers, "origin");
  if (version === undefined || versions.length + keys.length + origins.length > 0) return "malformed";
  if (version !== "13") return "upgrade-required";
  if (!nonce.test(key) || !areDistinctTokens(subprotocols(headers))) return "malformed";
  return origin === undefined || isLetIn(origin) ? undefined : "cross-origin";
}

/** What the client offers, in its order. */
function subprotocols(headers: readonly HeaderField[]): readonly string[] {
  return allValues(headers, "sec-websocket-protocol").flatMap((value) => value.split(",").map(trimBlanks));
}

function areDistinctTokens(texts: readonly string[]): boolean {
  return texts.every(isToken) && new Set(texts).size === texts.length;
}

export function endToEnd(headers: readonly HeaderField[]): readonly HeaderField[] {
  return headers.filter(([name]) => !ofConnection.has(name));
}

/** The offers of `permessage-deflate`; undefined: there are none. */
export function offeredDeflate(headers: readonly HeaderField[]): string | undefined {
  const values = allValues(headers, "sec-websocket-extensions");
  // Who quotes could hide an offer in a text.
  if (values.some((value) => value.includes('"'))) return undefined;
  const offers = values.flatMap((value) => value.split(",").map(trimBlanks)).filter((offer) => deflate.test(offer));
  return offers.length === 0 ? undefined : offers.join(", ");
}
