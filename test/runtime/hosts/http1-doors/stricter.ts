/** Where our server and the one of `node:http` differ, and why: what RFC 9112 does not have, and what our gateway judges by its own rules. */
import { METHODS } from "node:http";
import { FRAMING_FAULTS } from "../http1/framing-faults.ts";

type Reason = { readonly name: string; readonly holds: (text: string) => boolean };

/** Ours refuses. */
const STRICTER: readonly Reason[] = [
  { name: "a line feed or a carriage return alone before a request", holds: matching(/(?:^|[^\r])\n|\r(?!\n)/) },
  { name: "another protocol that looks like HTTP", holds: matching(/ (?:RTSP|ICE)\/1\.0\r\n/) },
  { name: "more than one space in the request line", holds: matching(/(?:^|\r\n)[A-Z]+ {2,}|  HTTP\//) },
  { name: "a version that is none of HTTP/1.0 and 1.1", holds: matching(/ HTTP\/(?!1\.[01]\r\n)/) },
  { name: "a request line without a version", holds: matching(/(?:^|\r\n)[A-Z]+ [^ \r]*\r\n/) },
  ...[...FRAMING_FAULTS.ofHeads, ...FRAMING_FAULTS.ofBodies].map(([name, pattern]) => ({ name, holds: matching(pattern) })),
  { name: "a coding of HTTP/1.0", holds: matching(/HTTP\/1\.0\r\n[^]*\r\ntransfer-encoding:/i) },
];

/** Ours leaves it to the gateway, which refuses it. */
const LATER: readonly Reason[] = [
  { name: "a method that Node does not know", holds: (text) => requestLines(text).some(([method = ""]) => !METHODS.includes(method)) },
  {
    name: "a target of another form",
    holds: (text) => requestLines(text).some(([, target = ""]) => !/^(?:\/|\*$|https?:\/\/[a-z])[^#]*$/.test(target)),
  },
];

export function whyStricter(text: string): string | undefined {
  return STRICTER.find(({ holds }) => holds(text))?.name;
}

export function whyLater(text: string): string | undefined {
  return LATER.find(({ holds }) => holds(text))?.name;
}

function matching(pattern: RegExp): Reason["holds"] {
  return (text) => pattern.test(text);
}

function requestLines(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/([^\s]*) ([^\s]*) HTTP\/1\.[01]\r\n/g)].map(([, ...parts]) => parts);
}
