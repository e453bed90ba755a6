/**
 * The head of a request, read strictly (RFC 9112). Promises: what is read here could not be read otherwise by anybody else. Lines end with CRLF, fields are
 * not folded, nothing stands before a colon, and where the body ends is said once. What method, target and fields mean is the gateway's to judge.
 */
import { lowerAscii } from "../../../kernel/characters.ts";
import { firstRaw } from "../../../kernel/raw-field.ts";
import { fieldLine, token } from "./grammar.ts";
import { readHeadFields } from "./head-fields.ts";
import { hasMember } from "./members.ts";

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
  /** The client would speak another protocol from here on; whether its whole word for that is right the gateway judges. */
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
  const methodEnd = text.indexOf(" ");
  const targetEnd = text.indexOf(" ", methodEnd + 1);
  const lineEnd = targetEnd + versionLength;
  const fields = readHeadFields(text, lineEnd + 2);
  if (fields === undefined) return undefined;
  const { rawHeaders, length, isChunked, says } = fields;
  const httpVersion = text.charCodeAt(lineEnd - 1) === zero ? "1.0" : "1.1";
  // Whoever speaks HTTP/1.0 does not know the coding that it names (RFC 9112, section 6.1).
  if (isChunked && httpVersion === "1.0") return undefined;
  const expect = firstRaw(rawHeaders, "expect");
  const te = firstRaw(rawHeaders, "te");
  return {
    method: text.slice(0, methodEnd),
    target: text.slice(methodEnd + 1, targetEnd),
    httpVersion,
    rawHeaders,
    length: isChunked ? undefined : (length ?? 0),
    isKept: httpVersion === "1.1" ? says !== "close" : says === "keep-alive",
    awaitsContinue: httpVersion === "1.1" && expect !== undefined && lowerAscii(expect) === "100-continue",
    takesTrailers: te !== undefined && hasMember(te, "trailers"),
    asksForUpgrade: firstRaw(rawHeaders, "upgrade") !== undefined,
  };
}

const versionLength = " HTTP/1.1".length;
const zero = 48;
