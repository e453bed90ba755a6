/** The body of an answer, as whoever passes it on sees it: by one sink at a time, whatever brings it. */

export type AnswerSink = {
  readonly onData: (chunk: Uint8Array) => void;
  /** Nothing is kept of what it was given: the bytes may become others. Absent: it keeps them. */
  readonly hasUsedUp?: () => boolean;
  /** All has come that the head promised. */
  readonly onEnd: () => void;
  /** It broke off, or was destroyed. */
  readonly onBroken: () => void;
};

export type AnswerBody = {
  /** Gives it to this sink from now on, at once where there is something to give. Before, nothing of it is lost. */
  readonly flow: (sink: AnswerSink) => void;
  /** Nothing more is given, nor its end, until `resume` or `flow`. That it broke is told all the same. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Nobody wants the rest. */
  readonly destroy: () => void;
  /** Whether or not anybody was told. */
  readonly isBroken: () => boolean;
};

/** One that is here. */
export function wholeBody(bytes: Uint8Array): AnswerBody {
  return new HeldBody(bytes.length === 0 ? [] : [bytes], nothing);
}

/** What is here, and `rest` behind it. */
export function continuedBody(chunks: readonly Uint8Array[], rest: AnswerBody): AnswerBody {
  return new HeldBody(chunks, rest);
}

class HeldBody implements AnswerBody {
  readonly chunks: readonly Uint8Array[];
  readonly rest: AnswerBody;
  /** Of the chunks. */
  given = 0;
  isPaused = false;
  isPast = false;
  sink: AnswerSink | undefined;

  constructor(chunks: readonly Uint8Array[], rest: AnswerBody) {
    this.chunks = chunks;
    this.rest = rest;
  }

  flow(sink: AnswerSink): void {
    this.sink = sink;
    if (this.isPast) this.rest.flow(sink);
    else this.resume();
  }

  pause(): void {
    this.isPaused = true;
    if (this.isPast) this.rest.pause();
  }

  resume(): void {
    this.isPaused = false;
    const { chunks, rest, sink } = this;
    if (this.isPast) return rest.resume();
    if (sink === undefined) return;
    for (let chunk = chunks[this.given]; chunk !== undefined; chunk = chunks[++this.given]) {
      if (this.isPaused || this.isPast) return;
      sink.onData(chunk);
    }
    if (this.isPaused || this.isPast) return;
    this.isPast = true;
    rest.flow(sink);
  }

  destroy(): void {
    const isHere = !this.isPast;
    this.isPast = true;
    this.rest.destroy();
    if (isHere) this.sink?.onBroken();
  }

  isBroken(): boolean {
    return this.rest.isBroken();
  }
}

/** What stands behind all that there is. */
const nothing: AnswerBody = { flow: (sink) => sink.onEnd(), pause: () => {}, resume: () => {}, destroy: () => {}, isBroken: () => false };
