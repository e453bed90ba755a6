/** What a gateway answers to one request, and why. */
import type { Cached } from "./cache.ts";
import type { PartReading, Together } from "./composed.ts";
import type { HostFault } from "./host-fault.ts";
import type { HostRelease } from "./release-data.ts";
import type { HostBackend } from "./host-backend.ts";
import type { Configuration, World } from "./world.ts";
import type { NetworkList } from "./network-lists.ts";
import type { ReadAnswer } from "./read-answer.ts";
import type { HostObserve } from "./observe.ts";
import type { Trace } from "./trace.ts";
import type { GatewayRequest } from "./request.ts";
import type { HostStore } from "./shared-counts.ts";

export interface Gateway {
  /** At once wherever nothing has to be waited for: no key, no store, no body. */
  readonly handle: (request: GatewayRequest, world: World) => Outcome | Promise<Outcome>;
  /** A refusal of the host's own as the program wants it. `outcome`: absent where the request did not come so far. */
  readonly onFault?: OnFault;
}

export type ContentCoding = "br" | "gzip" | "zstd";
export type CompressPlan = { readonly coding: ContentCoding; readonly above: number };

/** What the gateway or its host answers by itself. */
export type LocalAnswer = {
  readonly status: number;
  readonly headers: readonly HeaderField[];
  readonly body: string;
  /** As of an answer of a backend. */
  readonly compress?: CompressPlan;
};

export type OnFault = (fault: HostFault, answer: LocalAnswer, rawHeaders: readonly string[], outcome: Outcome | undefined) => LocalAnswer;

/** The start of a gateway: bound to its configuration, or the list of what is wrong with that. */
export type Started = { readonly gateway: Gateway; readonly settings: HostSettings } | { readonly problems: readonly string[] };
export type Start = (configuration: Configuration) => Started;

/** What a host must know to serve. Times in milliseconds, sizes in bytes. */
export type HostSettings = {
  readonly name: string;
  /** Of the gateway's own door; absent where it has entries only. */
  readonly port?: number;
  /** Whether that door speaks HTTP/2 as well. */
  readonly http2?: true;
  readonly entries: readonly HostEntry[];
  readonly limits: HostLimits;
  readonly observe?: HostObserve;
  readonly backends: readonly HostBackend[];
  /** Absent: none. */
  readonly releases?: readonly HostRelease[];
  readonly stores?: readonly HostStore[];
  /** That are read again while the gateway serves. Absent: none. */
  readonly lists?: readonly NetworkList[];
};
export type HostEntry = HostListener | HostEndpoint;
export type HostListener = {
  readonly kind: "listener";
  readonly name: string;
  readonly at: { readonly kind: "port"; readonly port: number } | { readonly kind: "socket"; readonly path: string };
  /** Paths of PEM files. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly mtls?: { readonly truststore: string; readonly depth: number };
  /** It speaks HTTP/2 as well: by ALPN with TLS, else by prior knowledge. */
  readonly http2?: true;
  /** Peers that must begin with a PROXY protocol header, and no others may come. Absent: nobody does. */
  readonly isBalancer?: (peer: string) => boolean;
};
/** A name for what comes by this VPC endpoint. */
export type HostEndpoint = {
  readonly kind: "endpoint";
  readonly name: string;
  readonly via?: string;
  readonly vpce: string;
  readonly vpc?: string;
};
export type HostLimits = {
  readonly body: number;
  readonly headers: number;
  readonly headerTimeout: number;
  readonly bodyTimeout: number;
  readonly idleTimeout: number;
};
export type { HostBackend } from "./host-backend.ts";

export type Outcome = {
  readonly requestId: string;
  /** Canonical text of the client's address, after the walk over trusted proxies; the peer's where that was refused. */
  readonly client: string;
  readonly decision: Decision;
  /** Where the gateway takes part in traces. */
  readonly trace?: Trace;
  readonly answer: Answer;
};

export type Decision = {
  readonly effect: "allow" | "deny";
  /** `preflight`: a browser asked whether it may call, and may. */
  readonly cause: Cause | "preflight";
  /**
   * The determining rules: all rules of the phase that decided. Each is a path of site numbers, outermost first:
   * `5/12` is rule 12 brought by use 5; of a call that is too many, the limits that say so. Sorted. Empty where no rule decided.
   */
  readonly rules: readonly string[];
  /** `Route.key`, once a route was found. */
  readonly route?: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly principal?: Principal;
  /** The entry that the request came by. */
  readonly entry?: string;
  /** The route that let the call in says that it will go. */
  readonly isDeprecated?: true;
  /** What divided the calls of the route's backend, and the backend that it chose. */
  readonly release?: { readonly name: string; readonly side: string };
};

/** Why, in one word. `rule` and `default` come from access rules; all others say which part of the gateway refused. */
export type Cause =
  | "rule" // allowed or denied by rules: 403
  | "default" // no allow was true: 403
  | "malformed" // hygiene: 400
  | "expectation" // an Expect field other than 100-continue: 417
  | "headers-too-large" // 431
  | "target-too-long" // 414
  | "unknown-host" // 421
  | "not-admitted" // the entry lets nothing of this kind in: 403
  | "no-route" // 404
  | "method-not-allowed" // 405 with Allow
  | "upgrade-required" // the route is for WebSockets of version 13 only: 426 with Upgrade
  | "cross-origin" // a page may not call, or may not connect by WebSocket: 403
  | "unknown-version" // the request says no version that there is, and one must be said: 400
  | "unauthenticated" // 401 with WWW-Authenticate
  | "keys-unavailable" // the keys of an identity could not be had: 503
  | "authorizer-denied" // an authorizer said no: 403
  | "authorizer-failed" // an authorizer gave no answer that can be used: 500
  | "throttled" // too many calls in too short a time: 429 with Retry-After
  | "limits-unavailable" // the store that counts is away: 503 with Retry-After
  | "quota-exceeded" // too many calls in this day, week or month: 429 with Retry-After
  | "too-many-at-once" // too many calls under way: 429 with Retry-After
  | "not-acceptable" // the client takes none of what the route gives: 406
  | "invalid-request" // header fields or the query do not fit: 400
  | "body-too-large" // 413
  | "unsupported-media-type" // 415
  | "invalid-body" // 400
  | "incomplete-body"; // 408

/** `claims` by their GWL names; JSON values as they came. `and`: what the caller proved beside, where several identities were asked for. */
export type Principal = {
  readonly identity: string;
  readonly id: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly and?: readonly Principal[];
};

export type HeaderField = readonly [name: string, value: string];

export type Answer =
  | (LocalAnswer & { readonly kind: "local" })
  | (AnswerChanges &
      Cached & {
        readonly kind: "forward";
        readonly backend: string;
        readonly method: string;
        /** Canonical path, and the query as received. The target's base path comes before it. */
        readonly target: string;
        /** What the backend shares its calls out by; absent: by nothing of the request. */
        readonly key?: string;
        /** All end-to-end fields in order, names lower-case. The host adds `host`, and `content-length` or `transfer-encoding`. */
        readonly headers: readonly HeaderField[];
        readonly body: PassedBody;
        /** The host compresses an answer of at least so many bytes, where its fields allow it. */
        readonly compress?: CompressPlan;
      })
  | (AnswerChanges &
      Cached & {
        readonly kind: "invoke";
        readonly backend: string;
        /** Of the request: an answer to `HEAD` has no body. */
        readonly method: string;
        /** What the function gets, as JSON; the host adds `body` and `isBase64Encoded`. */
        readonly event: Readonly<Record<string, unknown>>;
        /** Whether a body that is UTF-8 is handed over as text, by its media type. */
        readonly isText: boolean;
        readonly body: PassedBody;
        /** As of `forward`. */
        readonly compress?: CompressPlan;
      })
  | (AnswerChanges & {
      /** The host does the handshake (RFC 6455 section 4) with a server of the backend, and passes frames when that has agreed. */
      readonly kind: "websocket";
      readonly backend: string;
      /** As of `forward`. */
      readonly target: string;
      readonly key?: string;
      /** As of `forward`; without the fields of the handshake but for the subprotocols that the client offers. */
      readonly headers: readonly HeaderField[];
      /** `Sec-WebSocket-Key` of the client. */
      readonly nonce: string;
      /** Offers of the client that go on; absent: none. */
      readonly extensions?: string;
    })
  | (AnswerChanges & {
      /** The host asks the backends of all parts at once, and answers 200 with what comes together. */
      readonly kind: "compose";
      /** Of the request: an answer to `HEAD` has no body. */
      readonly method: string;
      readonly parts: readonly ComposedPart[];
      readonly together: Together;
      /** As of `forward`. */
      readonly compress?: CompressPlan;
    });

/** `ask`: the call of its backend; what it would change of that answer is of no account. */
export type ComposedPart = PartReading & { readonly ask: Extract<Answer, { readonly kind: "forward" | "invoke" }> };

/** `stream`: as it comes; bytes: already read and validated; `none`: the request has no body. */
export type PassedBody = "stream" | "none" | Uint8Array;

/** What becomes of the fields of a backend's answer. */
export type AnswerChanges = {
  /** Set on the answer; each replaces all fields of its name, an empty list of values removes it. */
  readonly responseHeaders: readonly (readonly [name: string, values: readonly string[]])[];
  /** Each gets what the other field of the answer had. */
  readonly movedHeaders?: readonly (readonly [to: string, from: string])[];
  /** Set beside what the answer has under these names. */
  readonly addedHeaders?: readonly HeaderField[];
  /** Absent: answers pass as they come. */
  readonly read?: ReadAnswer;
};
