import { describe, expect, test } from "vitest";
import type { GatewayRequest } from "../../../runtime/contract/request.ts";
import { type CanonicalResult, canonicalRequest, type RequestRules } from "../../../runtime/kernel/canonical-request.ts";

const rules: RequestRules = {
  hosts: [],
  limits: { target: 64, headers: 600, headerField: 200, headerCount: 12 },
  paths: { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" },
  upgrades: false,
  identityHeaders: ["x-token"],
};
const host = ["Host", "api.example"];

function request(changes: Partial<GatewayRequest> = {}): GatewayRequest {
  const readBody = () => Promise.resolve({ kind: "incomplete" as const });
  return { method: "GET", target: "/", httpVersion: "1.1", rawHeaders: host, peer: "192.0.2.1", secure: false, readBody, ...changes };
}

function causeOf(result: CanonicalResult): string {
  return result.ok ? "passes" : result.cause;
}

function withFields(...fields: readonly string[]): string {
  return causeOf(canonicalRequest(request({ rawHeaders: [...host, ...fields] }), rules));
}

describe("the request line", () => {
  test.each([
    ["GET", "passes"],
    ["get", "passes"],
    ["BREW+TEA", "passes"],
    ["", "malformed"],
    ["GE T", "malformed"],
    ["GET:", "malformed"],
    ["G\u00c9T", "malformed"],
    ["CONNECT", "malformed"],
    ["TRACE", "malformed"],
  ])("method %j: %s", (method, expected) => {
    expect(causeOf(canonicalRequest(request({ method }), rules))).toBe(expected);
  });

  test.each([
    ["1.1", "passes"],
    ["1.0", "passes"],
    ["0.9", "malformed"],
    ["2.0", "malformed"],
    ["1.2", "malformed"],
    ["", "malformed"],
  ])("version %j: %s", (httpVersion, expected) => {
    expect(causeOf(canonicalRequest(request({ httpVersion }), rules))).toBe(expected);
  });

  test.each([
    ["/a?b=c?d", "GET", "/a", "b=c?d"],
    ["/a?", "GET", "/a", ""],
    ["/a/?x", "GET", "/a", "x"],
    ["/?%2F%00%ff;", "GET", "/", "%2F%00%ff;"],
    ["http://api.example/a?b", "GET", "/a", "b"],
    ["HTTPS://API.Example/a", "GET", "/a", undefined],
    ["http://api.example", "GET", "/", undefined],
    ["http://api.example?q", "GET", "/", "q"],
    ["*", "OPTIONS", "*", undefined],
  ])("target %s is %s %s with query %s", (target, method, path, query) => {
    const result = canonicalRequest(request({ target, method }), rules);
    expect(result).toMatchObject({ ok: true, request: { path, query } });
  });

  test.each([
    "",
    "a",
    "*",
    "?a",
    "api.example:80",
    "http:/a",
    "http://other.example/",
    "http://api.example:80/",
    "http://u@api.example/",
    "ftp://api.example/",
    "http://api.example.evil/",
    "http://api.example#f",
    "//api.example/a",
    "/a#b",
    "/a?b#c",
    "/a?b c",
    '/a?"',
    "/a?<",
    "/a?`",
    "/a?\\",
    "/a?^",
    "/a?{",
    "/a?|",
    "/a?%",
    "/a?%4",
    "/a?%zz",
    "/a?\x7f",
    "/a?\x00",
    "/a?\u00e9",
    "/a?\u20ac",
  ])("target %j is malformed", (target) => {
    expect(causeOf(canonicalRequest(request({ target }), rules))).toBe("malformed");
  });

  test("`*?` is no target, not even for OPTIONS", () => {
    expect(causeOf(canonicalRequest(request({ target: "*?a", method: "OPTIONS" }), rules))).toBe("malformed");
  });
});

describe("limits pass when exceeded, not when reached", () => {
  test("target", () => {
    expect(causeOf(canonicalRequest(request({ target: `/${"a".repeat(63)}` }), rules))).toBe("passes");
    expect(causeOf(canonicalRequest(request({ target: `/${"a".repeat(64)}` }), rules))).toBe("target-too-long");
  });
  test("one field", () => {
    expect(withFields("X-A", "v".repeat(193))).toBe("passes");
    expect(withFields("X-A", "v".repeat(194))).toBe("headers-too-large");
  });
  test("all fields", () => {
    const filler = ["X-A", "v".repeat(193), "X-B", "v".repeat(193)];
    expect(withFields(...filler, "X-C", "v".repeat(600 - 400 - 19 - 7))).toBe("passes");
    expect(withFields(...filler, "X-C", "v".repeat(600 - 400 - 19 - 6))).toBe("headers-too-large");
  });
  test("number of fields", () => {
    expect(withFields(...Array.from({ length: 11 }, () => ["X-A", ""]).flat())).toBe("passes");
    expect(withFields(...Array.from({ length: 12 }, () => ["X-A", ""]).flat())).toBe("headers-too-large");
  });
  test("the target is looked at before the fields, both before the framing", () => {
    const long = { target: `/${"a".repeat(64)}`, rawHeaders: ["X-A", "v".repeat(194), "content-length", "x"] };
    expect(causeOf(canonicalRequest(request(long), rules))).toBe("target-too-long");
    expect(causeOf(canonicalRequest(request({ rawHeaders: long.rawHeaders }), rules))).toBe("headers-too-large");
  });
});

describe("fields", () => {
  test.each([
    ["X_User", "a", "malformed"],
    ["", "a", "malformed"],
    ["X A", "a", "malformed"],
    ["X-A ", "a", "malformed"],
    ["X-\u00c4", "a", "malformed"],
    ["X-A", "a\nb", "malformed"],
    ["X-A", "a\rb", "malformed"],
    ["X-A", "a\0b", "malformed"],
    ["X-A", "a\x0bb", "malformed"],
    ["X-A", "a\x7fb", "malformed"],
    ["X-A", "\u2028", "malformed"],
    ["X-A", "a\tb", "passes"],
    ["X-A", "\u00e9", "passes"],
    ["X-A", "", "passes"],
    ["__proto__", "a", "malformed"],
    ["constructor", "a", "passes"],
  ])("%j: %j %s", (name, value, expected) => {
    expect(withFields(name, value)).toBe(expected);
  });

  test("names become lower-case, values lose blanks at their ends, order stays", () => {
    const result = canonicalRequest(request({ rawHeaders: [...host, "X-B", " \tb c\t ", "x-a", "", "X-B", "2"] }), rules);
    expect(result.ok && result.request.headers).toEqual([
      ["host", "api.example"],
      ["x-b", "b c"],
      ["x-a", ""],
      ["x-b", "2"],
    ]);
  });

  const singletons = ["Host", "authorization", "content-type", "content-length", "cookie", "x-forwarded-for", "x-forwarded-proto"];
  const more = ["x-forwarded-host", "x-forwarded-port", "forwarded", "x-request-id", "proxy-authorization", "X-Token"];
  test.each([...singletons, ...more])("%s occurs at most once", (name) => {
    const value = name === "content-length" ? "1" : "api.example";
    expect(causeOf(canonicalRequest(request({ rawHeaders: ["Host", "api.example", name.toUpperCase(), value, name, value] }), rules))).toBe(
      "malformed",
    );
  });
});

describe("framing", () => {
  test.each([
    [["content-length", "0"], { contentLength: 0, hasBody: false }],
    [["content-length", "5"], { contentLength: 5, hasBody: true }],
    [["content-length", "007"], { contentLength: 7, hasBody: true }],
    [["content-length", "999999999999999"], { contentLength: 999999999999999, hasBody: true }],
    [["transfer-encoding", "chunked"], { contentLength: undefined, hasBody: true }],
    [["Transfer-Encoding", "Chunked"], { contentLength: undefined, hasBody: true }],
    [[], { contentLength: undefined, hasBody: false }],
  ])("%j", (fields, expected) => {
    expect(canonicalRequest(request({ rawHeaders: [...host, ...fields] }), rules)).toMatchObject({ ok: true, request: expected });
  });

  test.each([
    [["content-length", ""]],
    [["content-length", "+1"]],
    [["content-length", "-1"]],
    [["content-length", "1,1"]],
    [["content-length", "1 1"]],
    [["content-length", "0x1"]],
    [["content-length", "1e3"]],
    [["content-length", "1.0"]],
    [["content-length", "\u0661"]],
    [["content-length", "1000000000000000"]],
    [["content-length", "1", "Content-Length", "1"]],
    [["transfer-encoding", "chunked", "content-length", "1"]],
    [["transfer-encoding", "chunked", "content-length", "0"]],
    [["transfer-encoding", "chunked", "Transfer-Encoding", "chunked"]],
    [["transfer-encoding", ""]],
    [["transfer-encoding", "identity"]],
    [["transfer-encoding", "gzip, chunked"]],
    [["transfer-encoding", "chunked, identity"]],
    [["transfer-encoding", ",chunked"]],
    [["transfer-encoding", "chunked;a=b"]],
    [["transfer-encoding", "xchunked"]],
    [["transfer-encoding", "\x0bchunked"]],
  ])("%j is malformed", (fields) => {
    expect(withFields(...fields)).toBe("malformed");
  });

  test("chunked with HTTP/1.0 is malformed", () => {
    const rawHeaders = [...host, "transfer-encoding", "chunked"];
    expect(causeOf(canonicalRequest(request({ httpVersion: "1.0", rawHeaders }), rules))).toBe("malformed");
  });
});

describe("the connection", () => {
  test.each([
    [["connection", "close"], "passes"],
    [["connection", "Keep-Alive, x-a\t"], "passes"],
    [["connection", ""], "passes"],
    [["connection", "upgrade"], "passes"],
    [["connection", "close,"], "malformed"],
    [["connection", "a b"], "malformed"],
    [["connection", "close", "Connection", "Authorization"], "malformed"],
    [["connection", "X-Forwarded-For"], "malformed"],
    [["connection", "x-forwarded-anything"], "malformed"],
    [["connection", "X-Token"], "malformed"],
    [["connection", "close, cookie"], "malformed"],
    [["connection", "host"], "malformed"],
    [["connection", "content-length"], "malformed"],
    [["connection", "content-type"], "malformed"],
    [["connection", "transfer-encoding"], "malformed"],
    [["upgrade", "websocket", "connection", "upgrade"], "malformed"],
    [["upgrade", ""], "malformed"],
    [["expect", "100-Continue"], "passes"],
    [["expect", "200-ok"], "expectation"],
    [["expect", ""], "expectation"],
    [["expect", "100-continue, x"], "expectation"],
    [["expect", "x", "upgrade", "h2c"], "malformed"],
    [["expect", "x", "cookie", "a", "cookie", "b"], "expectation"],
  ])("%j: %s", (fields, expected) => {
    expect(withFields(...fields)).toBe(expected);
  });
});

describe("the host", () => {
  const known: RequestRules = { ...rules, hosts: ["api.example", "[2001:db8::1]"] };
  test.each([
    ["api.example", "api.example", "api.example"],
    ["API.Example:8080", "api.example", "api.example:8080"],
    ["[2001:DB8::1]:443", "[2001:db8::1]", "[2001:db8::1]:443"],
  ])("%s is %s, with port %s", (value, name, authority) => {
    expect(canonicalRequest(request({ rawHeaders: ["Host", value] }), known)).toMatchObject({
      ok: true,
      request: { host: name, authority },
    });
  });

  test.each([
    "",
    ".",
    "api.example.",
    "api.example.:80",
    "u@api.example",
    "api example",
    "api.example/",
    "api.example:",
    "api.example:0",
    "api.example:65536",
    "api.example:8a",
    "api.example:+8",
    "a:b:c",
    "[::1",
    "[::1]x",
    "[1.2.3.4]",
    "[v1.a]",
    "[fe80::1%25eth0]",
    "::1",
    "a%zz",
    "a\\b",
    "a#b",
    "a?b",
    "a,b\u00e9",
    "a\u00e9",
    "api.example:000080",
  ])("%j is malformed", (value) => {
    expect(causeOf(canonicalRequest(request({ rawHeaders: ["Host", value] }), rules))).toBe("malformed");
  });

  test.each(["other.example", "xapi.example", "api.example.evil", "%61pi.example"])("%s is unknown", (value) => {
    expect(causeOf(canonicalRequest(request({ rawHeaders: ["Host", value] }), known))).toBe("unknown-host");
  });

  test("without one HTTP/1.1 is malformed, HTTP/1.0 passes where any host does", () => {
    expect(causeOf(canonicalRequest(request({ rawHeaders: [] }), rules))).toBe("malformed");
    expect(canonicalRequest(request({ rawHeaders: [], httpVersion: "1.0" }), rules)).toMatchObject({
      ok: true,
      request: { host: "", authority: "" },
    });
    expect(causeOf(canonicalRequest(request({ rawHeaders: [], httpVersion: "1.0" }), known))).toBe("unknown-host");
    const absolute = request({ rawHeaders: [], httpVersion: "1.0", target: "http://api.example/" });
    expect(causeOf(canonicalRequest(absolute, rules))).toBe("malformed");
  });

  test("an absolute target's authority has the same port", () => {
    const rawHeaders = ["Host", "api.example:8080"];
    expect(causeOf(canonicalRequest(request({ rawHeaders, target: "http://API.example:8080/" }), known))).toBe("passes");
    expect(causeOf(canonicalRequest(request({ rawHeaders, target: "http://api.example/" }), known))).toBe("malformed");
  });
});
