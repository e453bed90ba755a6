/** What a host hands over: the request as it came, nothing decoded. */

export type GatewayRequest = {
  /** The three parts of the request line, as received; of HTTP/2 `:method` and `:path`, empty where there is none. */
  readonly method: string;
  readonly target: string;
  /** `2.0`, `1.1` or `1.0` are answered, all else is refused. */
  readonly httpVersion: string;
  /** What else heads a request of HTTP/2; absent with any other version. */
  readonly http2?: Http2Head;
  /** Name, value, name, value, ... in order, as received, one character a byte (latin1). */
  readonly rawHeaders: readonly string[];
  /** Text form of the address at the other end of the connection. */
  readonly peer: string;
  /** Whether the connection to the peer is TLS. */
  readonly secure: boolean;
  /** The door that it came by; absent: the gateway's own. */
  readonly entry?: EntryArrival;
  /** What the client proved of itself while TLS was set up; absent without a certificate. */
  readonly certificate?: ClientCertificate;
  /** Read only where a route has a typed body; otherwise the host streams it. */
  readonly readBody: (limit: number) => Promise<BodyRead>;
  /** Whom to tell when the call is over: its answer was sent, or never will be. Absent: it is over once it is decided. */
  readonly whenOver?: (tell: () => void) => void;
  /** Told when a phase begins, for whoever measures; a call may end before. */
  readonly onPhase?: (phase: Phase) => void;
};

/** The pseudo-fields of a request (RFC 9113, section 8.3.1) beside method and path, as received. `rawHeaders` has none of them. */
export type Http2Head = {
  /** Empty where there is none. */
  readonly scheme: string;
  readonly authority?: string;
  /** The stream ended with the head: there is no body. */
  readonly isWhole: boolean;
};

/** `authenticate`: callers are asked who they are. `decide`: what is asked of the caller, or of nobody. `body`: a typed body is read. `answer`: allowed. */
export type Phase = "authenticate" | "decide" | "body" | "answer";

/** As the host knows it: the listener's entry, and the id of the VPC endpoint that the way in names, if it does. */
export type EntryArrival = { readonly listener?: string; readonly vpce?: string };

/** DER (X.690) of the certificates that TLS has verified against the truststore of the entry: the client's own, then those of its authorities. */
export type ClientCertificate = { readonly chain: readonly Uint8Array[] };

export type BodyRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** More than `limit` bytes came. */
  | { readonly kind: "tooLarge" }
  /** The client stopped sending, or was too slow. */
  | { readonly kind: "incomplete" };
