/** What a gateway holds both ends of a WebSocket to. Times in milliseconds, sizes in bytes. */
export type WebsocketRules = {
  /** Of one message, all its frames together, as they come over the wire. */
  readonly maxMessage: number;
  /** Without a frame from either end. */
  readonly idle: number;
  /** From the handshake on, whatever happens. */
  readonly maxLife: number;
  /** Between two pings of the gateway, and how long an end may then stay silent. */
  readonly ping: number;
  readonly pong: number;
  /** When the gateway leaves, WebSockets are asked to close one after the other within this time. */
  readonly drain: number;
  /** Whether the ends may agree on `permessage-deflate` (RFC 7692). */
  readonly compression: boolean;
};
