/** A stream of Node's as the body of an answer. */
import type { Readable } from "node:stream";
import type { AnswerBody, AnswerSink } from "./answer-body.ts";

/** `isWhole`: whether so many bytes are all that the head promised; asked at the end of the stream. */
export function readableBody(stream: Readable, isWhole: (size: number) => boolean): AnswerBody {
  return new ReadableBody(stream, isWhole);
}

class ReadableBody implements AnswerBody {
  readonly stream: Readable;
  readonly isWhole: (size: number) => boolean;
  sink: AnswerSink | undefined;
  size = 0;
  end: "whole" | "broken" | undefined;

  constructor(stream: Readable, isWhole: (size: number) => boolean) {
    this.stream = stream;
    this.isWhole = isWhole;
    stream.on("error", () => this.broke()).on("close", () => this.broke());
  }

  flow(sink: AnswerSink): void {
    const isFirst = this.sink === undefined;
    this.sink = sink;
    if (this.end === "broken") return sink.onBroken();
    if (!isFirst) return this.resume();
    this.stream.on("data", (chunk: Uint8Array) => {
      this.size += chunk.length;
      this.sink?.onData(chunk);
    });
    this.stream.on("end", () => {
      if (!this.isWhole(this.size)) return this.broke();
      if (this.end !== undefined) return;
      this.end = "whole";
      this.sink?.onEnd();
    });
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  destroy(): void {
    this.broke();
    this.stream.destroy();
  }

  isBroken(): boolean {
    return this.end === "broken";
  }

  broke(): void {
    if (this.end !== undefined) return;
    this.end = "broken";
    this.sink?.onBroken();
  }
}
