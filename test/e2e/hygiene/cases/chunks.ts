/** Chunked bodies (RFC 9112 section 7.1). The head is fine; the body breaks, and the backend must see no whole request. */
import { get, type HygieneCase, passes } from "../hygiene-case.ts";

const chunked = (body: string): string => `${get("{path}", "Transfer-Encoding: chunked")}${body}`;

const broken = (...cases: readonly (readonly [name: string, body: string])[]): readonly HygieneCase[] =>
  cases.map(([name, body]) => ({ name, bytes: chunked(body), expect: [400], reaches: 0, parser: "body" as const }));

export const chunks: readonly HygieneCase[] = [
  ...passes(
    ["an extension, which is dropped", chunked("5;a=b\r\nhello\r\n0\r\n\r\n")],
    ["an extension in quotes", chunked('5;a="b;c"\r\nhello\r\n0\r\n\r\n')],
    ["trailer fields, which are dropped", chunked("5\r\nhello\r\n0\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n")],
    ["zeros before the size", chunked("0005\r\nhello\r\n0000\r\n\r\n")],
    ["a size in capitals", chunked(`A\r\n${"x".repeat(10)}\r\n0\r\n\r\n`)],
  ),
  ...broken(
    ["no size", chunkedBody("", "hello")],
    ["a size that is no number", chunkedBody("xyz", "hello")],
    ["a negative size", chunkedBody("-5", "hello")],
    ["a size with a sign", chunkedBody("+5", "hello")],
    ["a size with 0x", chunkedBody("0x5", "hello")],
    ["a size with an underscore", chunkedBody("0_5", "hello")],
    ["a size with a point", chunkedBody("5.0", "hello")],
    ["a space before the size", chunkedBody(" 5", "hello")],
    ["a space behind the size", chunkedBody("5 ", "hello")],
    ["a tab behind the size", chunkedBody("5\t", "hello")],
    ["a vertical tab behind the size", chunkedBody("5\x0b", "hello")],
    ["a size beyond 64 bits", chunkedBody("fffffffffffffffff", "hello")],
    ["a size that wraps round at 64 bits", chunkedBody("10000000000000005", "hello")],
    ["a size shorter than the data", chunkedBody("4", "hello")],
    ["a size longer than the data", chunkedBody("6", "hello")],
    ["a line feed alone behind the size", "5\nhello\r\n0\r\n\r\n"],
    ["a carriage return alone behind the size", "5\rhello\r\n0\r\n\r\n"],
    ["a line feed alone behind the data", "5\r\nhello\n0\r\n\r\n"],
    ["no line end behind the data", "5\r\nhello0\r\n\r\n"],
    ["two characters instead of the line end", "5\r\nhelloXX0\r\n\r\n"],
    ["a line feed alone behind an extension", "5;a\nhello\r\n0\r\n\r\n"],
    ["a line feed within an extension", "5;a=\nb\r\nhello\r\n0\r\n\r\n"],
    ["a NUL in an extension", "5;a\0\r\nhello\r\n0\r\n\r\n"],
    ["a line feed alone behind the last size", "5\r\nhello\r\n0\n\r\n"],
    ["a folded trailer", "0\r\nA: b\r\n c\r\n\r\n"],
    ["a trailer with a line feed alone", "0\r\nA: b\nC: d\r\n\r\n"],
    ["a trailer with a space before the colon", "0\r\nA : b\r\n\r\n"],
    ["a trailer without a colon", "0\r\nA\r\n\r\n"],
    ["a trailer with a NUL", "0\r\nA: \0\r\n\r\n"],
    ["extensions of 20 KiB", chunkedBody(`5;${"a".repeat(20 * 1024)}`, "hello")],
  ),
];

function chunkedBody(size: string, data: string): string {
  return `${size}\r\n${data}\r\n0\r\n\r\n`;
}
