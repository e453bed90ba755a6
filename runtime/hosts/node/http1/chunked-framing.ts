/**
 * The `chunked` coding, undone (RFC 9112, section 7.1). Promises: its grammar to the letter, a bound on all that is not body, and that fields behind the body
 * are read and dropped.
 */
import type { Framing, Piece } from "./framing.ts";
import { fieldLine, quoted, token } from "./grammar.ts";

/** Bytes of extensions and trailers of one message, as `node:http` bounds the former. */
const mostExtra = 16 * 1024;
const sizeLine = new RegExp(`^([0-9A-Fa-f]{1,13})((?:;${token}(?:=(?:${token}|${quoted}))?)*)\\r\\n$`);
/** What says anew where the body ends makes all of it doubtful. */
const trailerLine = new RegExp(`^(?!content-length:|transfer-encoding:)${fieldLine}$`, "i");
/** Beyond it the size alone is no size. */
const longestSize = 15;
const lineFeed = 10;

export function chunked(): Framing {
  let expects: "size" | "data" | "data's end" | "trailer" = "size";
  /** Of the chunk under way. */
  let left = 0;
  /** What has come of a line. */
  let line = "";
  let extra = 0;
  const takeLine = (): Piece["state"] => {
    const isEmpty = line === "\r\n";
    if (expects === "size") {
      const [, size, extensions = ""] = sizeLine.exec(line) ?? [];
      if (size === undefined) return "malformed";
      left = Number.parseInt(size, 16);
      expects = left === 0 ? "trailer" : "data";
      extra += extensions.length;
    } else if (expects === "data's end") {
      if (!isEmpty) return "malformed";
      expects = "size";
    } else {
      if (isEmpty) return "whole";
      if (!trailerLine.test(line)) return "malformed";
      extra += line.length;
    }
    return extra > mostExtra ? "malformed" : "more";
  };
  return (input) => {
    const parts: Uint8Array[] = [];
    let state: Piece["state"] = "more";
    let at = 0;
    while (at < input.length && state === "more") {
      if (expects === "data") {
        const part = input.subarray(at, at + left);
        parts.push(part);
        at += part.length;
        left -= part.length;
        if (left === 0) expects = "data's end";
        continue;
      }
      const end = input.indexOf(lineFeed, at);
      const next = end < 0 ? input.length : end + 1;
      line += input.toString("latin1", at, next);
      at = next;
      if (end < 0) {
        if (extra + line.length > mostExtra + longestSize) state = "malformed";
      } else {
        state = takeLine();
        line = "";
      }
    }
    const [first] = parts;
    return { bytes: parts.length === 1 && first !== undefined ? first : Buffer.concat(parts), state, surplus: input.length - at };
  };
}
