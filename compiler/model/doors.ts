/** How requests come to an entry: by a listener of its own, or by a VPC endpoint. */
import type { Expr } from "./expression.ts";

export type Door = ListenerDoor | EndpointDoor;
export type ListenerDoor = {
  readonly kind: "listener";
  readonly at: { readonly kind: "port"; readonly port: Expr } | { readonly kind: "socket"; readonly path: Expr };
  /** Paths of PEM files. */
  readonly tls?: { readonly certificate: Expr; readonly key: Expr };
  /** Callers must show a certificate that leads to one in the file, over at most `depth` certificates of authorities. */
  readonly mtls?: { readonly truststore: Expr; readonly depth: number };
  /** It speaks HTTP/2 as well. */
  readonly http2: boolean;
  /** Network expressions: peers that begin with a PROXY protocol header. Empty: nobody does. */
  readonly balancers: readonly Expr[];
};
/** A VPC endpoint, told from others by its id in the PROXY header of the listener `via`, or by a host without listeners. */
export type EndpointDoor = { readonly kind: "endpoint"; readonly via?: string; readonly vpce: Expr; readonly vpc?: Expr };
