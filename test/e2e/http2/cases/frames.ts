/** Frames (RFC 9113, sections 4 to 6): which may come when, on which stream, and how long. */
import { frame } from "../../upstream/frames.ts";
import { framed, get, headers, type Http2Case } from "../hygiene-case.ts";
import {
  block,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  HEADERS,
  number,
  PING,
  PRIORITY,
  PUSH_PROMISE,
  RESET,
  SETTINGS,
  WINDOW_UPDATE,
} from "../raw-connection.ts";

const post = (...more: readonly (readonly [string, string])[]): Buffer => headers(get({ ":method": ["POST"] }, ...more), END_HEADERS);
const data = (text: string, flags = END_STREAM, stream = 1): Buffer => frame(DATA, flags, stream, Buffer.from(text));
const fields = block(get());
const half = fields.subarray(0, 10);
const rest = fields.subarray(10);

export const frames: readonly Http2Case[] = [
  ...framed(
    200,
    1,
    ["a body in two frames", post(), data("a", 0), data("b")],
    ["a body of its length", post(["content-length", "2"]), data("ab")],
    ["a padded body", post(), frame(DATA, END_STREAM + 8, 1, Buffer.from([3, 97, 0, 0, 0]))],
    ["fields in two frames", frame(HEADERS, END_STREAM, 1, half), frame(CONTINUATION, END_HEADERS, 1, rest)],
    ["frames that nobody knows", frame(0xee, 0xff, 0, Buffer.from("?")), headers(get())],
    ["trailers behind a body", post(), data("a", 0), headers([["x-late", "1"]])],
    ["a priority", headers(get()), frame(PRIORITY, 0, 1, Buffer.from([0, 0, 0, 0, 1]))],
    ["a ping before", frame(PING, 0, 0, Buffer.alloc(8)), headers(get())],
  ),
  ...framed(
    "reset",
    0,
    ["less body than its length", post(["content-length", "5"]), data("ab")],
    ["trailers that end nothing", post(), data("a", 0), headers([["x-late", "1"]], END_HEADERS)],
    ["trailers with a pseudo-field", post(), data("a", 0), headers([[":path", "/admin"]])],
    ["trailers with a name in upper case", post(), data("a", 0), headers([["X-Late", "1"]])],
  ),
  ...framed(
    "closed",
    0,
    ["more body than its length", post(["content-length", "1"]), data("ab")],
    [
      "a stream that waits for itself",
      frame(HEADERS, END_STREAM + END_HEADERS + 0x20, 1, Buffer.concat([number(1), Buffer.from([1]), fields])),
    ],
    ["a window of nothing", post(), frame(WINDOW_UPDATE, 0, 1, number(0))],
    ["a window beyond its measure", post(), frame(WINDOW_UPDATE, 0, 1, number(0x7fffffff))],
    ["data without a stream", frame(DATA, 0, 0, Buffer.from("a"))],
    ["data before its fields", data("a")],
    ["fields on an even stream", headers(get(), END_HEADERS + END_STREAM, 2)],
    ["fields without a stream", headers(get(), END_HEADERS + END_STREAM, 0)],
    ["a continuation of nothing", frame(CONTINUATION, END_HEADERS, 1, fields)],
    ["another frame within fields", frame(HEADERS, END_STREAM, 1, half), frame(PING, 0, 0, Buffer.alloc(8))],
    ["fields continued on another stream", frame(HEADERS, END_STREAM, 1, half), frame(CONTINUATION, END_HEADERS, 3, rest)],
    ["padding longer than its frame", post(), frame(DATA, END_STREAM + 8, 1, Buffer.from([200, 97]))],
    ["a frame beyond its measure", frame(DATA, 0, 1, Buffer.alloc(20_000))],
    ["a promise by a client", frame(PUSH_PROMISE, END_HEADERS, 1, Buffer.concat([number(2), fields]))],
    ["settings of a length that is none", frame(SETTINGS, 0, 0, Buffer.alloc(5))],
    ["settings on a stream", frame(SETTINGS, 0, 1)],
    ["a window that is none", frame(SETTINGS, 0, 0, Buffer.from([0, 4, 0xff, 0xff, 0xff, 0xff]))],
    ["a reset of what never was", frame(RESET, 0, 1, number(8))],
    ["a ping of a length that is none", frame(PING, 0, 0, Buffer.alloc(7))],
    ["fields that are no HPACK", frame(HEADERS, END_STREAM + END_HEADERS, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]))],
    ["an index beyond the table", frame(HEADERS, END_STREAM + END_HEADERS, 1, Buffer.from([0xff, 0x00]))],
  ),
];
