/**
 * The fields of a head, and what they say of where the body ends and of the connection (RFC 9112, sections 6 and 9.3). Promises: a length is said once, no
 * coding is undone but `chunked`, and never both, so that nobody else could find another end.
 */
import { lowerAscii, trimBlanks } from "../../../kernel/characters.ts";
import { hasMember } from "./members.ts";

export type HeadFields = {
  /** Names and values in turn, as received, one character a byte. */
  readonly rawHeaders: readonly string[];
  /** Bytes of the body, where they are said. */
  readonly length: number | undefined;
  readonly isChunked: boolean;
  /** `Connection`: `close` counts before all else. */
  readonly says: "close" | "keep-alive" | undefined;
};

/** `text`: a head that fits the grammar, of which the fields begin at `start`. Undefined: they contradict each other. */
export function readHeadFields(text: string, start: number): HeadFields | undefined {
  const rawHeaders: string[] = [];
  let length: number | undefined;
  let isChunked = false;
  let says: HeadFields["says"];
  for (let at = start; at < text.length - 2; ) {
    const colon = text.indexOf(":", at);
    const end = text.indexOf("\r\n", colon);
    const name = text.slice(at, colon);
    const value = trimBlanks(text.slice(colon + 1, end));
    at = end + 2;
    rawHeaders.push(name, value);
    // Most names are told apart by their length.
    switch (name.length) {
      case "connection".length:
        if (lowerAscii(name) !== "connection") break;
        if (hasMember(value, "close")) says = "close";
        else if (says === undefined && hasMember(value, "keep-alive")) says = "keep-alive";
        break;
      case "content-length".length:
        if (lowerAscii(name) !== "content-length") break;
        if (length !== undefined || !/^[0-9]{1,15}$/.test(value)) return undefined;
        length = Number(value);
        break;
      case "transfer-encoding".length:
        if (lowerAscii(name) !== "transfer-encoding") break;
        if (isChunked || lowerAscii(value) !== "chunked") return undefined;
        isChunked = true;
        break;
    }
  }
  return isChunked && length !== undefined ? undefined : { rawHeaders, length, isChunked, says };
}
