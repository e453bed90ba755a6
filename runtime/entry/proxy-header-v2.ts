/**
 * Version 2: 16 bytes, of which the last two tell how many follow: addresses by family, then type-length-values (TLVs). Only streams over IPv4
 * and IPv6 have a client that a gateway can know; another family is refused, as its caller would pass for the balancer.
 */
import { crc32c } from "./crc32c.ts";
import { mostHeaderBytes, type ProxyHeader, type ProxyReading } from "./proxy-reading.ts";

const headBytes = 16;
const local = 0x20;
const proxy = 0x21;
const addressBytes: ReadonlyMap<number, number> = new Map([
  [0x11, 12],
  [0x21, 36],
]);

const crcType = 0x03;
/** Of AWS; the first byte of its value says what follows: 1, the id of a VPC endpoint in ASCII. */
const awsType = 0xea;
const awsVpcEndpoint = 0x01;

export function proxyHeaderV2(bytes: Uint8Array): ProxyReading {
  if (bytes.length < headBytes) return { kind: "more" };
  const [command = 0, family = 0] = bytes.subarray(12, 14);
  if (command !== local && command !== proxy) return refused("another version or command");
  const length = headBytes + word(bytes, 14);
  if (length > mostHeaderBytes) return refused(`a header of more than ${mostHeaderBytes} bytes`);
  if (bytes.length < length) return { kind: "more" };
  // What a local connection says of addresses is to be skipped, whatever it is.
  if (command === local) return { kind: "header", header: { length } };
  const addresses = addressBytes.get(family);
  if (addresses === undefined) return refused("no TCP over IPv4 or IPv6");
  if (length < headBytes + addresses) return refused("addresses that are cut off");
  const source = family === 0x11 ? ipv4Text(bytes, headBytes) : ipv6Text(bytes, headBytes);
  const extras = readTlvs(bytes.subarray(0, length), headBytes + addresses);
  return typeof extras === "string" ? refused(extras) : { kind: "header", header: { length, source, ...extras } };
}

/** `header`: the whole one, which the checksum is of. A text says what is wrong. */
function readTlvs(header: Uint8Array, first: number): Pick<ProxyHeader, "vpce"> | string {
  let vpce: string | undefined;
  let isSummed = false;
  let at = first;
  while (at < header.length) {
    if (at + 3 > header.length) return "a value that is cut off";
    const [type = 0] = header.subarray(at);
    const end = at + 3 + word(header, at + 1);
    if (end > header.length) return "a value that is cut off";
    const value = header.subarray(at + 3, end);
    if (type === crcType) {
      if (isSummed || value.length !== 4) return "more than one checksum, or one of another length";
      if (crc32c(header, at + 3) !== word(value, 0) * 0x1_0000 + word(value, 2)) return "a checksum that does not fit";
      isSummed = true;
    } else if (type === awsType && value[0] === awsVpcEndpoint) {
      if (vpce !== undefined) return "more than one VPC endpoint";
      vpce = String.fromCharCode(...value.subarray(1));
      if (!/^vpce-[0-9a-f]{8,17}$/.test(vpce)) return "no id of a VPC endpoint";
    }
    at = end;
  }
  return vpce === undefined ? {} : { vpce };
}

function refused(why: string): ProxyReading {
  return { kind: "refused", why };
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function ipv4Text(bytes: Uint8Array, at: number): string {
  return bytes.subarray(at, at + 4).join(".");
}

/** Eight groups: whoever reads it brings it to its shortest form. */
function ipv6Text(bytes: Uint8Array, at: number): string {
  return Array.from({ length: 8 }, (_, group) => word(bytes, at + 2 * group).toString(16)).join(":");
}
