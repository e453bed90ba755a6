/** What every part of a running Node host shares, made once at start and never changed; and what it does for each request. */
import type { Server } from "node:net";
import type { Transform } from "node:stream";
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import type { Answer, CompressPlan, Gateway, HeaderField, HostSettings, Outcome } from "../../contract/gateway.ts";
import type { Phase } from "../../contract/request.ts";
import type { World } from "../../contract/world.ts";
import type { CallNotes } from "../../observe/call-record.ts";
import type { Observer } from "../../observe/observer.ts";
import type { Readiness } from "../../observe/readiness.ts";
import type { Arrived, ArrivedBy } from "./door.ts";
import type { HostFault } from "./host-fault.ts";
import type { Overload } from "./overload.ts";
import type { ReadWhole } from "./upstream/whole-answer.ts";
import type { RequestBody } from "./request-body.ts";
import type { AnswerBody } from "./upstream/answer-body.ts";
import type { Incoming } from "./upstream/transport.ts";

/** Undefined: the answer passes as it came. */
export type NodeCompress = (
  plan: CompressPlan,
  status: number,
  fields: readonly HeaderField[],
) => { readonly fields: readonly HeaderField[]; readonly encoder: Encoder } | undefined;
export type Encoder = {
  readonly stream: Transform;
  /** What comes of a body that goes through it; `progress`: to be called as the body comes. */
  readonly encoded: (plain: AnswerBody, progress: () => void) => AnswerBody;
  /** Sends a body that is here as a whole. Resolves when it was handed over, or the client is gone. */
  readonly whole: (exchange: Exchange, body: Uint8Array) => Promise<void>;
};

/** Sees what a backend answers before the client does. */
export type AnswerWatch = {
  /**
   * Once, with the answer that is not given up for another attempt. Gives what the client gets; undefined: nothing of the backend's, whoever watches
   * answers. Rejects where the answer broke off. `progress`: to be called as it comes.
   */
  readonly seen: (incoming: Incoming, progress: () => void) => Promise<Incoming | undefined>;
  /** There is none, and nothing was said to the client: whoever watches does. */
  readonly failed: (fault: HostFault) => void;
};

/** Answers that are kept: carries out what may be answered by one, and what changes them. */
export type HostCache = { readonly carry: (exchange: Exchange, answer: KeepableAnswer, backend: HostedBackend) => Promise<void> };
export type KeepableAnswer = Extract<BackendAnswer, { kind: "forward" | "invoke" }>;

/** Answers that several backends give together. */
export type HostCompose = (exchange: Exchange, answer: ComposedAnswer) => Promise<void>;
export type ComposedAnswer = Extract<Answer, { kind: "compose" }>;

export type Host = {
  readonly gateway: Gateway;
  readonly settings: HostSettings;
  readonly world: World;
  readonly backends: ReadonlyMap<string, HostedBackend>;
  /** Told of every call, and of what else happens. */
  readonly observer: Observer;
  /** Parts that need something from outside add a check. */
  readonly readiness: Readiness;
  /** Something that must not happen did; `id` of the request. */
  readonly fault: (id: string, error: unknown) => void;
  /** The artefact's SHA-256, where everybody may know it. */
  readonly shownArtefact?: string;
  /** Absent: whatever comes is taken. */
  readonly overload?: Overload;
  /** How answers are compressed, where the gateway says so. */
  readonly compress?: NodeCompress;
  /** How doors speak HTTP/2, where any does. */
  readonly http2Doors?: Http2Doors;
  /** How answers are read whole, where routes say what they are. */
  readonly readWhole?: ReadWhole;
  /** Absent: none are kept. */
  readonly cache?: HostCache;
  /** Where several backends give an answer together. */
  readonly compose?: HostCompose;
  readonly isStopping: () => boolean;
  /** It is stopping, or another process takes new connections: each connection that is here ends with its next answer. */
  readonly isLeaving: () => boolean;
};

/** Connections of HTTP/2 at a door. */
export type Http2Sessions = {
  /** No call is lost: those under way end first, and each client is told which was the last. */
  readonly close: () => void;
  /** The same, but a connection without calls stays for one more. */
  readonly retire: () => void;
  readonly destroy: () => void;
};
export type Http2Doors = (host: Host, door: string, arrivedBy: ArrivedBy, server: Server, isTls: boolean) => Http2Sessions;

/** A backend as the host reaches it, whatever its kind. */
export type HostedBackend = {
  /** Resolves when the answer has left or the connection is gone. */
  readonly carry: (exchange: Exchange, answer: BackendAnswer) => Promise<void>;
  /** The gateway leaves: what would last is ended, with a `grace` within so many milliseconds; resolves when it has. Absent: nothing lasts. */
  readonly drain?: (grace: number | undefined) => Promise<void>;
  readonly close: () => void;
};

/** What a backend is asked for. Each kind knows its own. */
export type BackendAnswer = Exclude<Answer, { kind: "local" | "compose" }>;

/** One request and its answer on a connection, with what will be told of it. */
export type Exchange = {
  readonly host: Host;
  readonly request: ClientRequest;
  readonly response: ClientResponse;
  readonly body: RequestBody;
  readonly arrived: Arrived;
  /** Wall clock and monotonic clock at the start, milliseconds. */
  readonly time: number;
  readonly begun: number;
  outcome: Outcome | undefined;
  /** Absent: the backend's answer is passed on. */
  watch?: AnswerWatch | undefined;
  /** Where the answer is compressed. */
  encoder?: Encoder | undefined;
  fault: HostFault | undefined;
  backend: string | undefined;
  backendTime: number;
  bytesOut: number;
  /** Beside its body. */
  bytesIn: number;
  /** The answer was broken off. */
  isCut: boolean;
  readonly notes: CallNotes;
  /** Absent where nobody wants to know. */
  readonly phases: Partial<Record<Phase, number>> | undefined;
};
