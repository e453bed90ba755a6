/** Lines of JSON to a stream, many at a time. Promises: a reader that stands still costs lines, never memory or requests. */
import type { Writable } from "node:stream";

export type LogWriter = {
  /** An object becomes a line of JSON, a text is one. */
  readonly write: (entry: object | string) => void;
  /** Resolves when all lines were handed over. */
  readonly flush: () => Promise<void>;
};

const batchLength = 32 * 1024;
const batchTime = 50;
const longestBacklog = 8 * 1024 * 1024;

export function logWriter(out: Writable): LogWriter {
  let batch = "";
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  // Whoever read the log has gone: that must not end the gateway.
  out.on("error", () => {});
  const send = (whenSent?: () => void): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = batch;
    batch = "";
    out.write(text, whenSent && (() => whenSent()));
  };
  return {
    write: (entry) => {
      if (out.writableLength > longestBacklog) {
        lost++;
        return;
      }
      if (lost > 0) batch += `${JSON.stringify({ lost_lines: lost })}\n`;
      lost = 0;
      batch += `${typeof entry === "string" ? entry : jsonText(entry)}\n`;
      if (batch.length >= batchLength) send();
      else timer ??= setTimeout(() => send(), batchTime).unref();
    },
    flush: () => new Promise((resolve) => send(resolve)),
  };
}

/** JSON leaves some characters as they are that end lines, or command terminals. */
function jsonText(entry: object): string {
  const text = JSON.stringify(entry);
  return dangerous.test(text) ? text.replaceAll(allDangerous, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`) : text;
}

const dangerous = /[\x7f-\x9f\u2028\u2029]/;
const allDangerous = new RegExp(dangerous, "g");
