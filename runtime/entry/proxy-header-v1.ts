/** Version 1: one line of text, such as `PROXY TCP4 192.0.2.1 10.0.0.1 56324 443`, of at most 107 bytes with its end. */
import { parseAddress } from "../kernel/ip.ts";
import type { ProxyReading } from "./proxy-reading.ts";

const start = "PROXY ";
const longestLine = 107;
const cr = 13;
const lf = 10;

export function proxyHeaderV1(bytes: Uint8Array): ProxyReading {
  for (let at = 0; at < Math.min(bytes.length, start.length); at++)
    if (bytes[at] !== start.charCodeAt(at)) return { kind: "refused", why: "no PROXY header" };
  const end = bytes.findIndex((byte) => byte < 0x20);
  if (end >= 0 && bytes[end] !== cr) return { kind: "refused", why: "a control character" };
  if (end < 0 ? bytes.length >= longestLine - 1 : end + 2 > longestLine) return { kind: "refused", why: "a line of more than 107 bytes" };
  if (end < 0 || end + 1 === bytes.length) return { kind: "more" };
  if (bytes[end + 1] !== lf) return { kind: "refused", why: "a line that does not end in CRLF" };
  return readLine(latin1(bytes.subarray(start.length, end)), end + 2);
}

function readLine(line: string, length: number): ProxyReading {
  if (line === "UNKNOWN") return { kind: "header", header: { length } };
  const [family, source = "", target = "", sourcePort = "", targetPort = "", ...rest] = line.split(" ");
  const isWhole = rest.length === 0 && isPort(sourcePort) && isPort(targetPort);
  const isFamily = family === "TCP4" ? isIpv4 : family === "TCP6" ? isIpv6 : undefined;
  if (!isWhole || isFamily === undefined || !isFamily(source) || !isFamily(target))
    return { kind: "refused", why: "a line of another form" };
  return { kind: "header", header: { length, source } };
}

/** By how it is written: a mapped address is one of the family that its text is of. */
function isIpv4(text: string): boolean {
  return !text.includes(":") && parseAddress(text) !== undefined;
}

function isIpv6(text: string): boolean {
  return text.includes(":") && parseAddress(text) !== undefined;
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= 65_535;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
