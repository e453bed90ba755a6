/** The head of an answer, as it is sent (RFC 9112, section 4). Promises: what is in it ends no line and begins none. */
import { STATUS_CODES } from "node:http";
import { isFieldValue, isToken } from "../../../kernel/characters.ts";
import { hasMember } from "./members.ts";
import type { Request } from "./request.ts";

/** How the client knows where the body ends. `none`: there is none, whatever is written. `close`: with the connection. */
export type AnswerFraming = "none" | "length" | "chunked" | "close";
export type AnswerShape = {
  readonly framing: AnswerFraming;
  /** Bytes of the body, where they are said. */
  readonly length: number;
  /** False: a field says that the connection ends. */
  readonly isKept: boolean;
  readonly saysConnection: boolean;
  readonly saysDate: boolean;
};

/** `fields`: names and values in turn. Throws where they contradict each other. */
export function shapeOf(
  { method, httpVersion }: Pick<Request, "method" | "httpVersion">,
  status: number,
  fields: readonly string[],
): AnswerShape {
  let length: number | undefined;
  let [isKept, saysConnection, saysDate] = [true, false, false];
  for (let at = 0; at < fields.length; at += 2) {
    const [name = "", value = ""] = [fields[at], fields[at + 1]];
    switch (name.length) {
      case "date".length:
        saysDate ||= name.toLowerCase() === "date";
        break;
      case "connection".length:
        if (name.toLowerCase() !== "connection") break;
        saysConnection = true;
        isKept &&= !hasMember(value, "close");
        break;
      case "content-length".length:
        if (name.toLowerCase() !== "content-length") break;
        if (length !== undefined || !/^[0-9]{1,15}$/.test(value)) throw new Error("an answer whose length is not clear");
        length = Number(value);
        break;
    }
  }
  const isBodiless = method === "HEAD" || status < 200 || status === 204 || status === 304;
  const framing = isBodiless ? "none" : length !== undefined ? "length" : httpVersion === "1.1" ? "chunked" : "close";
  return { framing, length: framing === "length" ? (length ?? 0) : 0, isKept, saysConnection, saysDate };
}

/** `keepFor`: milliseconds that the connection may be idle behind the answer; 0: it ends. */
export function answerHead(
  status: number,
  fields: readonly string[],
  { framing, saysConnection, saysDate }: AnswerShape,
  keepFor: number,
): string {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
  for (let at = 0; at < fields.length; at += 2) text += fieldLine(fields[at] ?? "", fields[at + 1] ?? "");
  if (!saysDate) text += `Date: ${dateNow()}\r\n`;
  if (!saysConnection)
    text += keepFor === 0 ? "Connection: close\r\n" : `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepFor / 1000)}\r\n`;
  if (framing === "chunked") text += "Transfer-Encoding: chunked\r\n";
  return `${text}\r\n`;
}

/** Throws where it would be more or less than one field. */
export function fieldLine(name: string, value: string): string {
  if (!isToken(name) || !isFieldValue(value)) throw new Error(`a field that cannot be sent: ${name}`);
  return `${name}: ${value}\r\n`;
}

const date = { second: 0, text: "" };

/** RFC 9110, section 5.6.7. */
function dateNow(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== date.second) {
    date.second = second;
    date.text = new Date(second * 1000).toUTCString();
  }
  return date.text;
}
