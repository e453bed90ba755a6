/**
 * The head of a request, read strictly (RFC 9112). Promises: what is read here could not be read otherwise by anybody else. Lines end with CRLF, fields are
 * not folded, nothing stands before a colon, and where the body ends is said once. What method, target and fields mean is the gateway's to judge.
 */
import { lowerAscii, trimBlanks } from "../../../kernel/characters.ts";
import { hasMember } from "./members.ts";
import { fieldLine, token } from "./grammar.ts";

export type RequestHead = {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: "1.0" | "1.1";
  /** Names and values in turn, as received, one character a byte. */
  readonly rawHeaders: readonly string[];
  /** Bytes of the body; undefined: it comes in chunks. */
  readonly length: number | undefined;
  /** The connection may carry another request. */
  readonly isKept: boolean;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly awaitsContinue: boolean;
  readonly takesTrailers: boolean;
  /** The client would speak another protocol from here on. */
  readonly asksForUpgrade: boolean;
};

const requestLine = `${token} [\\x21-\\x7e]+ HTTP/1\\.[01]\\r\\n`;
const whole = new RegExp(`^${requestLine}(?:${fieldLine})*\\r\\n$`);
const firstLine = new RegExp(requestLine, "y");
const fieldLines = new RegExp(`(?:${fieldLine})*`, "y");
/** A line that has not ended. */
const begunLine = /[\t\x20-\x7e\x80-\xff]*\r?$/y;

/**
 * How far `text` is the beginning of a head, by lines that have ended, of which `checked` characters were looked at before; -1: whatever comes, it will be
 * none. So nobody waits for the rest of what is no head, and each character is looked at once.
 */
export function begunHead(text: string, checked: number): number {
  let at = checked;
  if (at === 0 && matches(firstLine, text, 0)) at = firstLine.lastIndex;
  if (at > 0 && matches(fieldLines, text, at)) at = fieldLines.lastIndex;
  return matches(begunLine, text, at) ? at : -1;
}

function matches(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

/** `text`: up to the empty line and with it. Undefined: it is no head, or says contradictory things of what follows. */
export function readRequestHead(text: string): RequestHead | undefined {
  if (!whole.test(text)) return undefined;
  const rawHeaders: string[] = [];
  let length: number | undefined;
  let isChunked = false;
  let says: "close" | "keep-alive" | undefined;
  let [awaitsContinue, takesTrailers, saysUpgrade, namesUpgrade] = [false, false, false, false];
  const methodEnd = text.indexOf(" ");
  const targetEnd = text.indexOf(" ", methodEnd + 1);
  const firstEnd = targetEnd + versionLength;
  const httpVersion = text.charCodeAt(firstEnd - 1) === zero ? "1.0" : "1.1";
  for (let at = firstEnd + 2; at < text.length - 2; ) {
    const colon = text.indexOf(":", at);
    const end = text.indexOf("\r\n", colon);
    const name = text.slice(at, colon);
    const value = trimBlanks(text.slice(colon + 1, end));
    at = end + 2;
    rawHeaders.push(name, value);
    switch (name.length) {
      case "te".length:
        if (lowerAscii(name) === "te") takesTrailers ||= hasMember(value, "trailers");
        break;
      case "expect".length:
        if (lowerAscii(name) === "expect") awaitsContinue = httpVersion === "1.1" && lowerAscii(value) === "100-continue";
        break;
      case "upgrade".length:
        if (lowerAscii(name) === "upgrade") namesUpgrade = true;
        break;
      case "connection".length:
        if (lowerAscii(name) !== "connection") break;
        if (hasMember(value, "close")) says = "close";
        else if (says === undefined && hasMember(value, "keep-alive")) says = "keep-alive";
        saysUpgrade ||= hasMember(value, "upgrade");
        break;
      case "content-length".length:
        if (lowerAscii(name) !== "content-length") break;
        if (length !== undefined || !/^[0-9]{1,15}$/.test(value)) return undefined;
        length = Number(value);
        break;
      case "transfer-encoding".length:
        if (lowerAscii(name) !== "transfer-encoding") break;
        // Whoever speaks HTTP/1.0 does not know the coding that it names (RFC 9112, section 6.1).
        if (isChunked || httpVersion === "1.0" || lowerAscii(value) !== "chunked") return undefined;
        isChunked = true;
        break;
    }
  }
  if (isChunked && length !== undefined) return undefined;
  return {
    method: text.slice(0, methodEnd),
    target: text.slice(methodEnd + 1, targetEnd),
    httpVersion,
    rawHeaders,
    length: isChunked ? undefined : (length ?? 0),
    isKept: httpVersion === "1.1" ? says !== "close" : says === "keep-alive",
    awaitsContinue,
    takesTrailers,
    asksForUpgrade: saysUpgrade && namesUpgrade,
  };
}

const versionLength = " HTTP/1.1".length;
const zero = 48;
