/**
 * The head of an answer, read strictly (RFC 9112). Promises: what is read here could not be read otherwise by anybody else. Lines end with CRLF, fields are
 * not folded, a length is said once, and no coding is undone but `chunked`.
 */
import { firstRaw } from "../../../../kernel/raw-field.ts";
import { chunked } from "../../http1/chunked-framing.ts";
import { type Framing, ofLength, untilClose } from "../../http1/framing.ts";
import { fieldLine, text as reason } from "../../http1/grammar.ts";
import { readHeadFields } from "../../http1/head-fields.ts";

export type ResponseHead = {
  readonly status: number;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  /** Undefined: nothing follows the head. */
  readonly framing: Framing | undefined;
  /** Milliseconds that the connection may be idle behind it; 0: it is not used again. */
  readonly keepFor: number;
};

/** Milliseconds. Shorter than the 5 s after which Node backends close an idle connection: a call must not meet a closing one. */
const longestIdle = 4_000;
/** Bytes. Several heads of one answer count together. */
export const largestHead = 64 * 1024;

const statusLine = `HTTP/1\\.[01] [1-9][0-9]{2}(?: ${reason})?\\r\\n`;
const whole = new RegExp(`^${statusLine}(?:${fieldLine})*\\r\\n$`);
const begun = new RegExp(`^(?:${statusLine}(?:${fieldLine})*)?[^\\n]*$`);
const start = "HTTP/1.";
/** By them it is known what is no head. */
export const firstBytes = start.length;

/** Whether it may be the beginning of a head, so that what is none is not waited for. */
export function mayBecomeHead(text: string): boolean {
  return text.slice(0, start.length) === start.slice(0, text.length) && begun.test(text);
}

/** `text`: up to the empty line and with it. Undefined: it is no head, or says contradictory things of what follows. */
export function readResponseHead(text: string, isOfHead: boolean): ResponseHead | undefined {
  if (!whole.test(text)) return undefined;
  const fields = readHeadFields(text, text.indexOf("\r\n") + 2);
  if (fields === undefined) return undefined;
  const { rawHeaders, length, isChunked, says } = fields;
  const isOld = text.charCodeAt(start.length) === zero;
  const keepFor = Math.min(longestIdle, idleTimeOf(firstRaw(rawHeaders, "keep-alive") ?? ""));
  const status = Number(text.slice(start.length + 2, start.length + 5));
  const isBodiless = isOfHead || status < 200 || status === 204 || status === 304 || length === 0;
  const framed = isChunked ? chunked() : length === undefined ? untilClose : ofLength(length);
  // An old server does not know the coding that it names (RFC 9112, section 6.1); one that says no end may say a body to HEAD.
  const isKept = isOld ? says === "keep-alive" && !isChunked : says !== "close";
  const hasEnd = framed !== untilClose || (isBodiless && !isOfHead);
  return { status, rawHeaders, framing: isBodiless ? undefined : framed, keepFor: isKept && hasEnd ? keepFor : 0 };
}

const zero = 48;

/** A server that says how long it waits means the time at its own end: a second less is on the way. */
function idleTimeOf(value: string): number {
  const seconds = /(?:^|[,;\s])timeout=([0-9]{1,9})/i.exec(value)?.[1];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, (Number(seconds) - 1) * 1_000);
}
