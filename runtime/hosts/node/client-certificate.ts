/** The certificates that clients have shown and TLS has verified. Promises whole chains, from the client's own to a root. Knows nothing of what they say. */
import type { Server, TLSSocket } from "node:tls";
import type { ClientCertificate } from "../../contract/request.ts";

/** Undefined where there is none, where the way to the root is not whole, or has more than `depth` certificates. */
export type ClientCertificates = (socket: TLSSocket, depth: number) => ClientCertificate | undefined;

/**
 * Looks at a connection when its handshake is done and before anybody else does: from 24.21 on, Node itself then asks in a way that takes the chain
 * away (nodejs/node#65579). No event but `keylog` tells of a connection before; the key in it is not looked at.
 */
export function clientCertificates(server: Server): ClientCertificates {
  const chains = new WeakMap<TLSSocket, readonly Uint8Array[]>();
  const seen = new WeakSet<TLSSocket>();
  server.on("keylog", (_line, socket) => {
    if (seen.has(socket)) return;
    seen.add(socket);
    socket.prependOnceListener("secure", () => chains.set(socket, chainOf(socket)));
  });
  return (socket, depth) => {
    const chain = chains.get(socket);
    return socket.authorized && chain !== undefined && chain.length > 0 && chain.length <= depth ? { chain } : undefined;
  };
}

/** Empty where it does not end in a root, which is its own issuer. */
function chainOf(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  for (let next = socket.getPeerCertificate(true); next?.raw !== undefined; next = next.issuerCertificate) {
    chain.push(new Uint8Array(next.raw));
    if (next === next.issuerCertificate) return chain;
  }
  return [];
}
