/**
 * What was made of the addresses of peers: a connection that stays pays for reading its address once. Of a fixed size: each text has one
 * place, where it takes the place of what was there, so that no number of peers makes it grow, and one that is seen once costs no more than
 * its reading. Knows no classes.
 */
import { addressText, parseAddress, type Address } from "./ip.ts";

/** `text`: canonical. */
export type Peer = { readonly address: Address; readonly text: string };
/** Of the text that a host gives, which may have a zone; undefined where it is no address. */
export type PeerOf = (text: string) => Peer | undefined;

const places = 4096;
/** Neighbours differ in their last characters. */
const lastCharacters = 6;

export function peerMemory(): PeerOf {
  const texts: string[] = Array.from({ length: places }, () => "");
  const peers: (Peer | undefined)[] = Array.from({ length: places }, () => undefined);
  return (text) => {
    const place = placeOf(text);
    if (texts[place] === text) return peers[place];
    const peer = read(text);
    texts[place] = text;
    peers[place] = peer;
    return peer;
  };
}

function placeOf(text: string): number {
  let mixed = text.length;
  for (let at = Math.max(0, text.length - lastCharacters); at < text.length; at++) mixed = Math.imul(mixed, 31) + text.charCodeAt(at);
  return (mixed ^ (mixed >>> 12)) & (places - 1);
}

function read(text: string): Peer | undefined {
  const zone = text.indexOf("%");
  const address = parseAddress(zone < 0 ? text : text.slice(0, zone));
  return address === undefined ? undefined : { address, text: isCanonical(text, address) ? text : addressText(address) };
}

/** A dotted quad that was read has one spelling. */
function isCanonical(text: string, address: Address): boolean {
  return address.family === 4 && !text.includes(":") && !text.includes("%");
}
