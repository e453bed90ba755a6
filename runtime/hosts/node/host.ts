/** What every part of a running Node host shares, made once at start and never changed; and what it does for each request. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Transform } from "node:stream";
import type { Answer, CompressPlan, Gateway, HeaderField, HostSettings, Outcome } from "../../contract/gateway.ts";
import type { Phase } from "../../contract/request.ts";
import type { World } from "../../contract/world.ts";
import type { CallNotes } from "../../observe/call-record.ts";
import type { Observer } from "../../observe/observer.ts";
import type { Readiness } from "../../observe/readiness.ts";
import type { Arrived } from "./door.ts";
import type { HostFault } from "./host-fault.ts";
import type { Overload } from "./overload.ts";
import type { RequestBody } from "./request-body.ts";

/** Undefined: the answer passes as it came. */
export type NodeCompress = (
  plan: CompressPlan,
  status: number,
  fields: readonly HeaderField[],
) => { readonly fields: readonly HeaderField[]; readonly stream: Transform } | undefined;

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
  readonly isStopping: () => boolean;
  /** It is stopping, or another process takes new connections: each connection that is here ends with its next answer. */
  readonly isLeaving: () => boolean;
};

/** A backend as the host reaches it, whatever its kind. */
export type HostedBackend = {
  /** Resolves when the answer has left or the connection is gone. */
  readonly carry: (exchange: Exchange, answer: BackendAnswer) => Promise<void>;
  readonly close: () => void;
};

/** What a backend is asked for. Each kind knows its own. */
export type BackendAnswer = Exclude<Answer, { kind: "local" }>;

/** One request and its answer on a connection, with what will be told of it. */
export type Exchange = {
  readonly host: Host;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody;
  readonly arrived: Arrived;
  /** Wall clock and monotonic clock at the start, milliseconds. */
  readonly time: number;
  readonly begun: number;
  outcome: Outcome | undefined;
  /** Where the answer is compressed. */
  encoder?: Transform;
  fault: HostFault | undefined;
  backend: string | undefined;
  backendTime: number;
  bytesOut: number;
  /** The answer was broken off. */
  isCut: boolean;
  readonly notes: CallNotes;
  /** Absent where nobody wants to know. */
  readonly phases: Partial<Record<Phase, number>> | undefined;
};
