/**
 * What was made of the addresses of peers: a connection that stays pays for reading its address once. Bounded: when it is
 * full it begins anew, so that no number of peers makes it grow. Knows no classes.
 */
import { addressText, parseAddress, type Address } from "./ip.ts";

/** `text`: canonical. */
export type Peer = { readonly address: Address; readonly text: string };
/** Of the text that a host gives, which may have a zone; undefined where it is no address. */
export type PeerOf = (text: string) => Peer | undefined;

const mostPeers = 4096;

export function peerMemory(): PeerOf {
  const known = new Map<string, Peer>();
  let lastText = "";
  let last: Peer | undefined;
  return (text) => {
    if (text === lastText) return last;
    let peer = known.get(text);
    if (peer === undefined) {
      peer = read(text);
      if (peer === undefined) return undefined;
      if (known.size >= mostPeers) known.clear();
      known.set(text, peer);
    }
    lastText = text;
    last = peer;
    return peer;
  };
}

function read(text: string): Peer | undefined {
  const zone = text.indexOf("%");
  const address = parseAddress(zone < 0 ? text : text.slice(0, zone));
  return address === undefined ? undefined : { address, text: addressText(address) };
}
