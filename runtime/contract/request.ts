/** What a host hands over: the request as it came, nothing decoded. */

export type GatewayRequest = {
  /** The three parts of the request line, as received. */
  readonly method: string;
  readonly target: string;
  /** `1.1` or `1.0` are answered, all else is refused. */
  readonly httpVersion: string;
  /** Name, value, name, value, ... in order, as received, one character a byte (latin1). */
  readonly rawHeaders: readonly string[];
  /** Text form of the address at the other end of the connection. */
  readonly peer: string;
  /** Whether the connection to the peer is TLS. */
  readonly secure: boolean;
  /** Read only where a route has a typed body; otherwise the host streams it. */
  readonly readBody: (limit: number) => Promise<BodyRead>;
};

export type BodyRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** More than `limit` bytes came. */
  | { readonly kind: "tooLarge" }
  /** The client stopped sending, or was too slow. */
  | { readonly kind: "incomplete" };
