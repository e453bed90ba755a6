/** What can go wrong on the way to a server, as bytes and ends of connections; and what the client must see of it. */
import type { Socket } from "node:net";

/** `cut`: the head has gone on, and the body is broken off. */
export type Expected = { readonly status: number; readonly body?: string } | "cut";
export type Scenario = {
  readonly name: string;
  /** What the server does with a request for `/fault`. */
  readonly does: (socket: Socket) => void;
  readonly expect: Expected;
  /** Milliseconds until all that the server says has come: nobody can tell a surplus answer from the next one before. */
  readonly settles?: number;
  /** At a new connection, before anything is read. */
  readonly early?: (socket: Socket) => boolean;
};

const says =
  (...parts: readonly string[]) =>
  (socket: Socket): void => {
    for (const part of parts) socket.write(part, "latin1");
  };
/** Says it, lets it arrive, and then ends: kindly, by a reset, or not at all. */
const thenEnds =
  (text: string) =>
  (socket: Socket): void =>
    void socket.end(text, "latin1");
const thenResets =
  (text: string) =>
  (socket: Socket): void => {
    socket.write(text, "latin1", () => setTimeout(() => socket.resetAndDestroy(), 30));
  };

const ok = "HTTP/1.1 200 OK\r\n";
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
const long = "x".repeat(70 * 1024);

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "reset when it connects",
    does: (socket) => void socket.resetAndDestroy(),
    early: (socket) => (socket.resetAndDestroy(), true),
    expect: { status: 502 },
  },
  {
    name: "closed when it connects",
    does: (socket) => void socket.end(),
    early: (socket) => (socket.end(), true),
    expect: { status: 502 },
  },
  { name: "reset instead of an answer", does: (socket) => void socket.resetAndDestroy(), expect: { status: 502 } },
  { name: "closed instead of an answer", does: thenEnds(""), expect: { status: 502 } },
  { name: "reset within the status line", does: thenResets("HTTP/1.1 2"), expect: { status: 502 } },
  { name: "closed within the status line", does: thenEnds("HTTP/1.1 2"), expect: { status: 502 } },
  { name: "reset within a field", does: thenResets(`${ok}Content-Le`), expect: { status: 502 } },
  { name: "closed within the head", does: thenEnds(`${ok}Content-Length: 2\r\n`), expect: { status: 502 } },
  { name: "reset within a body with length", does: thenResets(`${ok}Content-Length: 10\r\n\r\nhello`), expect: "cut" },
  { name: "closed within a body with length", does: thenEnds(`${ok}Content-Length: 10\r\n\r\nhello`), expect: "cut" },
  { name: "closed before a body with length", does: thenEnds(`${ok}Content-Length: 10\r\n\r\n`), expect: "cut" },
  { name: "closed within a chunk", does: thenEnds(`${chunked}a\r\nhello`), expect: "cut" },
  { name: "closed between two chunks", does: thenEnds(`${chunked}5\r\nhello\r\n`), expect: "cut" },
  { name: "closed within the last chunk's end", does: thenEnds(`${chunked}5\r\nhello\r\n0\r\n`), expect: "cut" },
  { name: "reset within a chunk", does: thenResets(`${chunked}a\r\nhello`), expect: "cut" },
  { name: "a body without length that is reset", does: thenResets(`${ok}\r\nhello`), expect: "cut" },
  { name: "a body without length that ends", does: thenEnds(`${ok}\r\nhello`), expect: { status: 200, body: "hello" } },
  { name: "silence", does: () => {}, expect: { status: 504 } },
  { name: "silence within the head", does: says(`${ok}Content-Le`), expect: { status: 504 } },
  { name: "silence within the body", does: says(`${ok}Content-Length: 10\r\n\r\nhello`), expect: "cut" },
  { name: "less than the length says, then silence", does: says(`${ok}Content-Length: 6\r\n\r\nhello`), expect: "cut" },
  { name: "surplus bytes", does: says(`${ok}Content-Length: 5\r\n\r\nhelloworld`), expect: { status: 200, body: "hello" } },
  {
    name: "a second answer at once",
    does: says(`${ok}Content-Length: 5\r\n\r\nhello${ok}Content-Length: 5\r\n\r\nwrong`),
    expect: { status: 200, body: "hello" },
  },
  {
    name: "a second answer later",
    does: (socket) => {
      socket.write(`${ok}Content-Length: 5\r\n\r\nhello`);
      setTimeout(() => socket.write(`${ok}Content-Length: 5\r\n\r\nwrong`), 20);
    },
    settles: 60,
    expect: { status: 200, body: "hello" },
  },
  { name: "two lengths", does: says(`${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`), expect: { status: 502 } },
  {
    name: "length and chunks",
    does: says(`${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
    expect: { status: 502 },
  },
  { name: "a length that is no number", does: says(`${ok}Content-Length: 5x\r\n\r\nhello`), expect: { status: 502 } },
  { name: "a chunk size that is no number", does: says(`${chunked}5\r\nhello\r\nzz\r\n`), expect: "cut" },
  { name: "a chunk without its end", does: says(`${chunked}5\r\nhelloXX0\r\n\r\n`), expect: "cut" },
  { name: "a head of 70 KiB", does: says(`${ok}X-Long: ${long}\r\n\r\n`), expect: { status: 502 } },
  { name: "a field with a control character", does: says(`${ok}X-A: a\u0001b\r\nContent-Length: 0\r\n\r\n`), expect: { status: 502 } },
  { name: "a line without colon", does: says(`${ok}no colon\r\nContent-Length: 0\r\n\r\n`), expect: { status: 502 } },
  { name: "status 99", does: says("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n"), expect: { status: 502 } },
  { name: "status 600", does: says("HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n"), expect: { status: 502 } },
  { name: "no HTTP at all", does: says("SSH-2.0-OpenSSH_9.6\r\n"), expect: { status: 502 } },
  { name: "HTTP/0.9", does: thenEnds("<html>hello</html>"), expect: { status: 502 } },
  {
    name: "an upgrade that nobody asked for",
    does: says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    expect: { status: 502 },
  },
  {
    name: "informational answers before the final one",
    does: says("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n", `${ok}Content-Length: 5\r\n\r\nhello`),
    expect: { status: 200, body: "hello" },
  },
];
