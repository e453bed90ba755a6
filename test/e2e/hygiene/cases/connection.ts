/** Connection, Upgrade, Expect, and what stands behind a request on the same connection. */
import { get, head, type HygieneCase, passes, refused } from "../hygiene-case.ts";

const keep = (target: string, ...more: readonly string[]): string => head(`GET ${target} HTTP/1.1`, "Host: {host}", ...more);
const naming = (option: string): readonly [string, string] => [
  `Connection names ${option}`,
  keep("{path}", `Connection: close, ${option}`),
];

export const connection: readonly HygieneCase[] = [
  ...passes(
    ["Connection names a field of no weight", keep("{path}", "Connection: close, X-A", "X-A: 1")],
    ["two Connection fields", keep("{path}", "Connection: close", "Connection: x-a")],
    ["TE and Trailer, which are dropped", get("{path}", "TE: trailers, gzip", "Trailer: X-A")],
    ["Keep-Alive, which is dropped", get("{path}", "Keep-Alive: timeout=1000, max=1000")],
    ["an Expect that is known, without a body", get("{path}", "Expect: 100-continue")],
    ["a method override, which has no effect", get("{path}", "X-HTTP-Method-Override: DELETE")],
    ["a rewritten URL, which has no effect", get("{path}", "X-Original-URL: /evil", "X-Rewrite-URL: /evil")],
  ),
  ...refused(
    400,
    naming("Authorization"),
    naming("Host"),
    naming("Content-Length"),
    naming("Content-Type"),
    naming("Cookie"),
    naming("Transfer-Encoding"),
    naming("X-Forwarded-For"),
    naming("x-forwarded-proto"),
    naming("X-FORWARDED-ANYTHING"),
    ["the second Connection names Authorization", keep("{path}", "Connection: close", "Connection: authorization")],
    ["an option that is no token", keep("{path}", "Connection: close, a b")],
    ["an empty option", keep("{path}", "Connection: close,")],
    [
      "Upgrade to a web socket",
      keep(
        "{path}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      ),
    ],
    ["Upgrade to h2c", keep("{path}", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")],
    ["Upgrade that Connection does not name", keep("{path}", "Upgrade: h2c")],
    ["Upgrade with a request behind it", keep("{path}", "Connection: Upgrade", "Upgrade: websocket") + get("{path}")],
  ),
  ...refused(
    417,
    ["an Expect that nobody knows", get("{path}", "Expect: 200-ok")],
    ["an empty Expect", get("{path}", "Expect:")],
    ["two expectations in one", get("{path}", "Expect: 100-continue, 200-ok")],
  ),
  { name: "three good requests in a row", bytes: keep("{path}") + keep("{path}") + get("{path}"), expect: [200, 200, 200], reaches: 3 },
  { name: "nothing behind Connection: close is looked at", bytes: get("{path}") + get("{path}"), expect: [200], reaches: 1 },
  { name: "nothing behind a refused request is looked at", bytes: keep("/../x") + get("{path}"), expect: [400], reaches: 0 },
  {
    name: "nothing behind a refused framing is looked at",
    bytes: `${keep("{path}", "Transfer-Encoding: gzip, chunked")}0\r\n\r\n${get("{path}")}`,
    expect: [400],
    reaches: 0,
  },
  {
    name: "a good request, then a refused one, then nothing",
    bytes: keep("{path}") + keep("/%00") + get("{path}"),
    expect: [200, 400],
    reaches: 1,
  },
  {
    name: "a body is not the next request",
    bytes: `${keep("{path}", `Content-Length: ${get("{path}").length - 12}`)}${"x".repeat(get("{path}").length - 12)}${get("{path}")}`,
    expect: [200, 200],
    reaches: 2,
  },
  {
    name: "a 404 with a body, then a good request",
    bytes: `${keep("/-/nothing-here", "Content-Length: 5")}hello${get("{path}")}`,
    expect: [404, 200],
    reaches: 1,
  },
];
