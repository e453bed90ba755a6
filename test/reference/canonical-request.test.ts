/** D20 and D44: which requests are refused, why, and what the others become. */
import { expect, test } from "vitest";
import type { PathRules } from "../../compiler/model/program.ts";
import { canonicalPath } from "../../compiler/reference/canonical-path.ts";
import { ask, statusOf, type Asked } from "./ask.ts";
import { constant, gateway, jwt, open, program, route } from "./program-builder.ts";

const GATEWAY = program(gateway([route("ANY /{path*}", { access: [open(0)] })]), {
  identities: [jwt("Scanner", { headers: ["x-token"] })],
});

async function cause(line: string, asked: Asked = {}): Promise<string> {
  const { decision } = await ask(GATEWAY, line, asked);
  return decision.cause;
}
const field = (name: string, value: string): Asked => ({ headers: [[name, value]] });
const twice = (name: string, value = "1"): Asked => ({
  headers: [
    [name, value],
    [name.toUpperCase(), value],
  ],
});

test.each<[why: string, line: string, asked: Asked, cause: string]>([
  ["a method that is no token", "G(T /", {}, "malformed"],
  ["HTTP/2.0 without its head", "GET /", { httpVersion: "2.0" }, "malformed"],
  ["a target over the limit", `GET /${"a".repeat(200)}`, {}, "target-too-long"],
  ["a field over the limit", "GET /", field("A", "b".repeat(396)), "headers-too-large"],
  [
    "fields over the limit in sum",
    "GET /",
    {
      headers: [
        ["A", "b".repeat(390)],
        ["B", "b".repeat(390)],
        ["C", "b".repeat(300)],
      ],
    },
    "headers-too-large",
  ],
  ["too many fields", "GET /", { headers: Array.from({ length: 20 }, () => ["a", ""] as const) }, "headers-too-large"],
  ["a long target before large fields", `GET /${"a".repeat(200)}`, field("A", "b".repeat(396)), "target-too-long"],
  ["an underscore in a field name", "GET /", field("x_real_ip", "1"), "malformed"],
  ["an empty field name", "GET /", field("", "1"), "malformed"],
  ["a control character in a value", "GET /", field("A", "b\u0000c"), "malformed"],
  ["byte 127 in a value", "GET /", field("A", "b\u007fc"), "malformed"],
  [
    "transfer-encoding beside content-length",
    "GET /",
    {
      headers: [
        ["Transfer-Encoding", "chunked"],
        ["Content-Length", "1"],
      ],
    },
    "malformed",
  ],
  ["transfer-encoding twice", "GET /", twice("transfer-encoding", "chunked"), "malformed"],
  ["a transfer-encoding other than chunked", "GET /", field("Transfer-Encoding", "gzip, chunked"), "malformed"],
  ["transfer-encoding with HTTP/1.0", "GET /", { httpVersion: "1.0", headers: [["Transfer-Encoding", "chunked"]] }, "malformed"],
  ["content-length twice", "GET /", twice("content-length"), "malformed"],
  ["a signed content-length", "GET /", field("Content-Length", "+1"), "malformed"],
  ["a content-length of 16 digits", "GET /", field("Content-Length", "1".repeat(16)), "malformed"],
  ["connection naming authorization", "GET /", field("Connection", "close, Authorization"), "malformed"],
  ["connection naming x-forwarded-for", "GET /", field("Connection", "X-Forwarded-For"), "malformed"],
  ["connection naming an identity's header", "GET /", field("Connection", "x-token"), "malformed"],
  ["an empty connection option", "GET /", field("Connection", "close,"), "malformed"],
  ["upgrade", "GET /", field("Upgrade", "h2c"), "malformed"],
  ["CONNECT", "CONNECT /", {}, "malformed"],
  ["TRACE", "TRACE /", {}, "malformed"],
  ["an unknown expectation", "GET /", field("Expect", "200-ok"), "expectation"],
  ["authorization twice", "GET /", twice("authorization"), "malformed"],
  ["an identity's header twice", "GET /", twice("x-token"), "malformed"],
  ["x-forwarded-for twice", "GET /", twice("x-forwarded-for"), "malformed"],
  ["no host with 1.1", "GET /", { rawHeaders: [] }, "malformed"],
  ["host twice", "GET /", field("host", "h"), "malformed"],
  ["an empty host", "GET /", { rawHeaders: ["Host", ""] }, "malformed"],
  ["a host with userinfo", "GET /", { rawHeaders: ["Host", "u@h"] }, "malformed"],
  ["a host with a dot at its end", "GET /", { rawHeaders: ["Host", "h."] }, "malformed"],
  ["a host with port 0", "GET /", { rawHeaders: ["Host", "h:0"] }, "malformed"],
  ["a host with an empty port", "GET /", { rawHeaders: ["Host", "h:"] }, "malformed"],
  ["an absolute target of another host", "GET http://other/", {}, "malformed"],
  ["an absolute target with another port", "GET http://h:80/", {}, "malformed"],
  ["an absolute target without host", "GET http://h/", { httpVersion: "1.0", rawHeaders: [] }, "malformed"],
  ["authority-form", "GET h:80", {}, "malformed"],
  ["`*` with GET", "GET *", {}, "malformed"],
  ["`*` with OPTIONS is no route", "OPTIONS *", {}, "no-route"],
  ["a fragment", "GET /a#b", {}, "malformed"],
  ["a backslash in the query", "GET /?a\\b", {}, "malformed"],
  ["a brace in the query", "GET /?a={b}", {}, "malformed"],
  ["a broken triplet in the query", "GET /?a=%2", {}, "malformed"],
])("%s is refused", async (_, line, asked, expected) => {
  expect(await cause(line, asked)).toBe(expected);
});

test.each<[what: string, line: string, asked: Asked]>([
  ["HTTP/1.0 without host", "GET /", { httpVersion: "1.0", rawHeaders: [] }],
  ["an expectation of 100-continue in any case", "GET /", field("Expect", "100-Continue")],
  ["an absolute target that equals Host", "GET HTTP://H/a?b", {}],
  ["an absolute target without path", "GET http://h?a=b", {}],
  ["triplets of slashes in the query", "GET /?to=%2Fa%00;b", {}],
  ["an IPv6 host with port", "GET /", { rawHeaders: ["Host", "[::1]:8080"] }],
  ["bytes beyond ASCII in a value", "GET /", field("A", "\u00e9")],
  ["an unknown field twice", "GET /", twice("x-any")],
])("%s passes", async (_, line, asked) => {
  expect(await cause(line, asked)).toBe("rule");
});

test("a host that the gateway does not name is misdirected, with or without port and in any case", async () => {
  const named = program(gateway([route("GET /", { access: [open(0)] })], { hosts: [constant("API.example")] }));
  expect(statusOf(await ask(named, "GET /"))).toBe(421);
  expect(statusOf(await ask(named, "GET /", { rawHeaders: ["Host", "api.EXAMPLE:8443"] }))).toBe("forward");
  expect(statusOf(await ask(named, "GET /", { httpVersion: "1.0", rawHeaders: [] }))).toBe(421);
});

const STRICT: PathRules = { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" };
const LOOSE: PathRules = { trailingSlash: "ignore", dotSegments: "resolve", emptySegments: "merge", semicolons: "allow" };

test.each([
  ["/a%7Eb%2D", "/a~b-"],
  ["/a%3ab", "/a%3Ab"],
  ["/%c3%a9", "/%C3%A9"],
  ["/a/", "/a"],
  ["/", "/"],
  ["/100%25", "/100%25"],
  ["/a b", undefined],
  ["/a//b", undefined],
  ["//", undefined],
  ["/a/./b", undefined],
  ["/a/%2e%2e/b", undefined],
  ["/a;b", undefined],
  ["/a%2fb", undefined],
  ["/a%5Cb", undefined],
  ["/a%00", undefined],
  ["/a%7f", undefined],
  ["/a%", undefined],
  ["/a%zz", undefined],
  ["/%C3", undefined],
  ["/%C0%AF", undefined],
  ["/%ED%A0%80", undefined],
  ["/%252e", undefined],
  ["/%25%32%46", undefined],
  ["/%2525", undefined],
  ["/\u00e9", undefined],
])("the strict form of %s is %s", (raw, expected) => {
  expect(canonicalPath(raw, STRICT)).toBe(expected);
});

test.each([
  ["/a//b/", "/a/b"],
  ["//", "/"],
  ["/a/./b/../c", "/a/c"],
  ["/a/b/..", "/a"],
  ["/a/..", "/"],
  ["/a//../b", "/b"],
  ["/..", undefined],
  ["/a/..;x/b", undefined],
  ["/a;v=1", "/a;v=1"],
])("the resolved form of %s is %s", (raw, expected) => {
  expect(canonicalPath(raw, LOOSE)).toBe(expected);
});

test("a trailing slash may be refused, but `/` stands", () => {
  const rules: PathRules = { ...LOOSE, trailingSlash: "refuse" };
  expect(canonicalPath("/a/", rules)).toBeUndefined();
  expect(canonicalPath("/a/b/..", rules)).toBeUndefined();
  expect(canonicalPath("/", rules)).toBe("/");
  expect(canonicalPath("/a/..", rules)).toBe("/");
});
