/** Addresses and CIDR blocks, read strictly. Promises: what is refused is refused with the reason and the way out. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import { addressSet, eachRange } from "../../model/address-ranges.ts";
import { addressText, blockText, parseAddress, parseBlock } from "../../model/address-text.ts";
import { badPrefix, hostBitsSet, notAnAddress } from "./diagnostics.ts";
import type { Reading } from "./number-literals.ts";

/** Canonical text; an IPv4-mapped address is its IPv4 form. */
export function readIp(text: string, span: Span): Reading {
  const address = parseAddress(text);
  return address === undefined ? wrongAddress(text, text, span) : { value: addressText(address) };
}

/** A network of one canonical block. */
export function readCidr(text: string, span: Span): Reading {
  const reading = parseBlock(text);
  switch (reading.kind) {
    case "block":
      return { value: [blockText(reading.block)] };
    case "bad-prefix":
      return { problem: finding(badPrefix, span, { written: text, longest: reading.longest, network: withPrefix(text) }) };
    case "host-bits":
      return { problem: finding(hostBitsSet, span, { written: text, network: reading.network, ...ends(reading.network) }) };
    case "not-an-address":
      return wrongAddress(text, text.slice(0, text.indexOf("/")), span);
  }
}

/** `10.0.0.0/255.0.0.0` as `10.0.0.0/8`; undefined where no netmask is written. */
function withPrefix(text: string): string | undefined {
  const [address = "", written = ""] = text.split("/");
  const mask = parseAddress(written);
  if (mask?.family !== "ipv4") return undefined;
  const bits = mask.value.toString(2).padStart(32, "0");
  return /^1*0*$/.test(bits) ? `${address}/${bits.lastIndexOf("1") + 1}` : undefined;
}

function ends(network: string): { readonly first: string; readonly last: string } {
  const reading = parseBlock(network);
  const set = addressSet(reading.kind === "block" ? [reading.block] : []);
  let found = { first: network, last: network };
  eachRange(set.ipv4, (first, end) => {
    found = { first: addressText({ family: "ipv4", value: first }), last: addressText({ family: "ipv4", value: end - 1 }) };
  });
  eachRange(set.ipv6, (first, end) => {
    found = { first: addressText({ family: "ipv6", value: first }), last: addressText({ family: "ipv6", value: end - 1n }) };
  });
  return found;
}

function wrongAddress(written: string, address: string, span: Span): Reading {
  return { problem: finding(notAnAddress, span, { written, ...reason(address) }) };
}

function reason(address: string): { readonly why: string; readonly help: string } {
  if (address.includes("%"))
    return { why: "names a zone of one machine", help: "leave out `%` and what follows it: zones mean nothing to other machines" };
  if (address.includes(":"))
    return {
      why: "IPv6 has eight groups of up to four hex digits, and `::` once for a run of zeros",
      help: "write it as in `2001:db8::1`",
    };
  const octets = address.split(".");
  if (octets.includes("*")) {
    const known = octets.slice(0, octets.indexOf("*"));
    const network = `${[...known, "0", "0", "0"].slice(0, 4).join(".")}/${known.length * 8}`;
    return { why: "`*` stands for no part", help: `all addresses that begin so are \`${network}\`` };
  }
  if (octets.length !== 4)
    return {
      why: `has ${octets.length} of four parts`,
      help: "write all four parts, as in `10.1.0.0`: some programs read `10.1` as 10.0.0.1",
    };
  if (octets.some((octet) => /^0[0-9]/.test(octet)))
    return { why: "a part starts with a zero", help: "leave leading zeros out: some programs read them as octal" };
  return { why: "a part is more than 255", help: "each of the four parts is a number from 0 to 255" };
}
