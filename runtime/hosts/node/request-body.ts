/**
 * The body of one request as it comes from the socket: read whole, passed on, or thrown away. Promises that limits hold
 * while bytes come, that the whole body has one deadline, and that nothing is read before somebody wants it.
 */
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import type { BodyRead } from "../../contract/request.ts";

/** Where a body goes. `write` gives false when no more is wanted until `resume` is called. */
export type BodySink = {
  readonly write: (chunk: Uint8Array) => boolean;
  readonly end: () => void;
  readonly fail: (why: "tooLarge" | "incomplete") => void;
};

export type RequestBody = {
  /** Bytes so far. */
  readonly received: () => number;
  /** Nothing of it is left in the network. */
  readonly isComplete: () => boolean;
  /** The client waits for `100 Continue` and has sent nothing. */
  readonly isHeldBack: () => boolean;
  readonly declared: number | undefined;
  readonly read: (limit: number) => Promise<BodyRead>;
  /** To be called once. */
  readonly flow: (limit: number, sink: BodySink) => BodyFlow;
};
export type BodyFlow = { readonly resume: () => void; readonly stop: () => void };

export function requestBody(request: ClientRequest, response: ClientResponse, awaitsContinue: boolean, deadline: number): RequestBody {
  request.on("error", ignore);
  return new Body(request, response, awaitsContinue, deadline);
}

/** One object, and functions of its own only where there is a body: most requests have none. */
class Body implements RequestBody {
  readonly request: ClientRequest;
  readonly response: ClientResponse;
  readonly deadline: number;
  readonly declared: number | undefined;
  bytes = 0;
  awaitsContinue: boolean;

  constructor(request: ClientRequest, response: ClientResponse, awaitsContinue: boolean, deadline: number) {
    const { "transfer-encoding": coding, "content-length": length } = request.headers;
    this.request = request;
    this.response = response;
    this.deadline = deadline;
    this.declared = coding === undefined ? Number(length ?? 0) : undefined;
    this.awaitsContinue = awaitsContinue;
  }

  received(): number {
    return this.bytes;
  }

  isComplete(): boolean {
    return this.request.complete || this.declared === 0;
  }

  isHeldBack(): boolean {
    return this.awaitsContinue;
  }

  flow(limit: number, sink: BodySink): BodyFlow {
    if (this.awaitsContinue) this.response.writeContinue();
    this.awaitsContinue = false;
    this.request.on("data", (chunk: Uint8Array) => {
      this.bytes += chunk.length;
    });
    return flowOf(this.request, this.deadline, limit, () => this.bytes, sink);
  }

  read(limit: number): Promise<BodyRead> {
    return readWhole(limit, this);
  }
}

/** Whoever streams or reads the body sees the fault as `incomplete`; an error nobody listens to would end the process. */
function ignore(): void {}

function flowOf(request: ClientRequest, deadline: number, limit: number, received: () => number, sink: BodySink): BodyFlow {
  const stop = (): void => {
    clearTimeout(timer);
    request.off("data", onData).off("end", onEnd).off("close", onClose);
    request.pause();
  };
  const fail = (why: "tooLarge" | "incomplete"): void => {
    stop();
    sink.fail(why);
  };
  const onData = (chunk: Uint8Array): void => {
    if (received() > limit) fail("tooLarge");
    else if (!sink.write(chunk)) request.pause();
  };
  const onEnd = (): void => {
    stop();
    if (request.complete) sink.end();
    else sink.fail("incomplete");
  };
  const onClose = (): void => fail("incomplete");
  const timer = setTimeout(onClose, deadline);
  request.on("data", onData).on("end", onEnd).on("close", onClose);
  if (request.destroyed && !request.readableEnded) queueMicrotask(onClose);
  request.resume();
  return { resume: () => request.resume(), stop };
}

function readWhole(limit: number, body: Body): Promise<BodyRead> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = [];
    body.flow(limit, {
      write: (chunk) => parts.push(chunk) > 0,
      end: () => resolve({ kind: "bytes", bytes: Buffer.concat(parts) }),
      fail: (kind) => resolve({ kind }),
    });
  });
}
