/**
 * The `chunked` coding, undone (RFC 9112, section 7.1). Promises: its grammar to the letter, a bound on all that is not body, and that fields behind the body
 * are read and dropped.
 */
import type { Framing, Piece } from "./framing.ts";
import { fieldLine, quoted, token } from "./grammar.ts";

export function chunked(): Framing {
  return new ChunkedFraming();
}

/** Bytes of extensions and trailers of one answer, as `node:http` bounds the former. */
const mostExtra = 16 * 1024;
const sizeLine = new RegExp(`^([0-9A-Fa-f]{1,13})((?:;${token}(?:=(?:${token}|${quoted}))?)*)\\r\\n$`);
/** What says anew where the body ends makes all of it doubtful. */
const trailerLine = new RegExp(`^(?!content-length:|transfer-encoding:)${fieldLine}$`, "i");
/** Beyond it the size alone is no size. */
const longestSize = 15;

class ChunkedFraming implements Framing {
  readonly endsWithConnection = false;
  expects: "size" | "data" | "data's end" | "trailer" = "size";
  /** Of the chunk under way. */
  left = 0;
  /** What has come of a line. */
  line = "";
  extra = 0;

  read(input: Buffer): Piece {
    const parts: Uint8Array[] = [];
    let state: Piece["state"] = "more";
    let at = 0;
    while (at < input.length && state === "more") {
      if (this.expects === "data") {
        const part = input.subarray(at, at + this.left);
        parts.push(part);
        at += part.length;
        this.left -= part.length;
        if (this.left === 0) this.expects = "data's end";
        continue;
      }
      const end = input.indexOf(lineFeed, at);
      const next = end < 0 ? input.length : end + 1;
      this.line += input.toString("latin1", at, next);
      at = next;
      if (end >= 0) state = this.takeLine();
      else if (this.extra + this.line.length > mostExtra + longestSize) state = "malformed";
    }
    const [first] = parts;
    const bytes = parts.length > 1 || first === undefined ? Buffer.concat(parts) : first;
    return { bytes, state, surplus: input.length - at };
  }

  takeLine(): Piece["state"] {
    const { line } = this;
    this.line = "";
    switch (this.expects) {
      case "size":
        return this.takeSize(sizeLine.exec(line));
      case "trailer":
        if (line === "\r\n") return "whole";
        return trailerLine.test(line) ? this.bounded(line.length) : "malformed";
      default:
        this.expects = "size";
        return line === "\r\n" ? "more" : "malformed";
    }
  }

  takeSize(match: RegExpExecArray | null): Piece["state"] {
    if (match === null) return "malformed";
    const [, size = "", extensions = ""] = match;
    this.left = Number.parseInt(size, 16);
    this.expects = this.left === 0 ? "trailer" : "data";
    return this.bounded(extensions.length);
  }

  bounded(extra: number): Piece["state"] {
    this.extra += extra;
    return this.extra > mostExtra ? "malformed" : "more";
  }
}

const lineFeed = 10;
