/**
 * What was made of the addresses of peers: a connection that stays pays for reading its address once. Of a fixed size: each text has one
 * place, which it gets when it comes again before another one asked for that place: no number of peers makes it grow, and one that is seen once
 * costs no more than its reading. Knows no classes.
 */
import { addressText, parseAddress, parseIpv4, type Address } from "./ip.ts";
import { hashStep } from "./text-hash.ts";

/** `text`: canonical. */
export type Peer = { readonly address: Address; readonly text: string };
/** Of the text that a host gives, which may have a zone; undefined where it is no address. */
export type PeerOf = (text: string) => Peer | undefined;

const places = 4096;
/** Neighbours differ in their last characters. */
const lastCharacters = 6;

export function peerMemory(): PeerOf {
  const known: (KnownPeer | undefined)[] = Array.from({ length: places }, () => undefined);
  /** Of the text that was read last at each place. */
  const hashes = new Int32Array(places);
  return (text) => {
    const hash = hashOf(text);
    const place = (hash ^ (hash >>> 12)) & (places - 1);
    const there = known[place];
    if (there?.hash === hash && there.text === text) return there.peer;
    const peer = read(text);
    if (hashes[place] === hash) known[place] = { hash, text, peer };
    else hashes[place] = hash;
    return peer;
  };
}

type KnownPeer = { readonly hash: number; readonly text: string; readonly peer: Peer | undefined };

function hashOf(text: string): number {
  let hash = text.length;
  for (let at = Math.max(0, text.length - lastCharacters); at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
  return hash;
}

function read(text: string): Peer | undefined {
  const quad = parseIpv4(text);
  if (quad !== undefined) return { address: quad, text };
  const zone = text.indexOf("%");
  const address = parseAddress(zone < 0 ? text : text.slice(0, zone));
  return address && { address, text: addressText(address) };
}
