/** Where a body begins and ends (RFC 9112 section 6): what two servers could measure differently is refused. */
import { get, head, type HygieneCase, passes, refused, refusedByParser } from "../hygiene-case.ts";

const evil = "GET /evil HTTP/1.1\r\nHost: {host}\r\n\r\n";

/** A request with these framing fields and a chunked body with a request behind it. */
const framed = (...fields: readonly string[]): string => `${head("GET {path} HTTP/1.1", "Host: {host}", ...fields)}0\r\n\r\n${evil}`;

export const framing: readonly HygieneCase[] = [
  ...passes(
    ["a length and that many bytes", `${get("{path}", "Content-Length: 5")}hello`],
    ["a length of zero", get("{path}", "Content-Length: 0")],
    ["chunks", `${get("{path}", "Transfer-Encoding: chunked")}5\r\nhello\r\n0\r\n\r\n`],
    ["chunks by another case of the name", `${get("{path}", "tRANSFER-eNCODING: CHUNKED")}5\r\nhello\r\n0\r\n\r\n`],
  ),
  ...refused(
    400,
    ["identity", framed("Transfer-Encoding: identity")],
    ["a coding that nobody knows", framed("Transfer-Encoding: xchunked")],
    ["chunked in quotes", framed('Transfer-Encoding: "chunked"')],
    ["chunked with a parameter", framed("Transfer-Encoding: chunked;a=b")],
    ["gzip, chunked", framed("Transfer-Encoding: gzip, chunked")],
    ["identity, chunked", framed("Transfer-Encoding: identity, chunked")],
    ["an empty element before chunked", framed("Transfer-Encoding: ,chunked")],
    ["two fields, identity first", framed("Transfer-Encoding: identity", "Transfer-Encoding: chunked")],
    ["chunked with HTTP/1.0", `${head("GET {path} HTTP/1.0", "Host: {host}", "Transfer-Encoding: chunked")}0\r\n\r\n${evil}`],
    ["a length of 16 digits", head("POST {path} HTTP/1.1", "Host: {host}", "Content-Length: 0000000000000000")],
  ),
  ...refusedByParser(
    400,
    ["chunked twice in one field", framed("Transfer-Encoding: chunked, chunked")],
    ["two fields, the same", framed("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")],
    ["an empty coding", head("GET {path} HTTP/1.1", "Host: {host}", "Transfer-Encoding:", "Connection: close")],
    ["an empty coding beside nothing else", framed("Transfer-Encoding: ")],
    ["length and chunks", framed("Content-Length: 6", "Transfer-Encoding: chunked")],
    ["chunks and length", framed("Transfer-Encoding: chunked", "Content-Length: 6")],
    ["length and identity", framed("Content-Length: 6", "Transfer-Encoding: identity")],
    ["length and an empty coding", framed("Content-Length: 6", "Transfer-Encoding:")],
    ["two lengths", framed("Content-Length: 6", "Content-Length: 5")],
    ["two lengths, the same", framed("Content-Length: 5", "Content-Length: 5")],
    ["two lengths in other case", framed("content-length: 5", "CONTENT-LENGTH: 5")],
    ["a list of lengths", framed("Content-Length: 5, 5")],
    ["a length with a sign", framed("Content-Length: +5")],
    ["a negative length", framed("Content-Length: -5")],
    ["a hexadecimal length", framed("Content-Length: 0x5")],
    ["a length with a fraction", framed("Content-Length: 5.0")],
    ["a length with an exponent", framed("Content-Length: 1e1")],
    ["a length with a space inside", framed("Content-Length: 1 0")],
    ["a length with a separator", framed("Content-Length: 1_0")],
    ["an empty length", framed("Content-Length:")],
    ["a length in words", framed("Content-Length: five")],
    ["a length beyond 64 bits", framed("Content-Length: 99999999999999999999999")],
    ["a length with a vertical tab", framed("Content-Length: \x0b5")],
    ["a length with a NUL", framed("Content-Length: 5\0")],
    ["chunked, identity", framed("Transfer-Encoding: chunked, identity")],
    ["chunked, gzip", framed("Transfer-Encoding: chunked, gzip")],
    ["chunked behind a vertical tab", framed("Transfer-Encoding: \x0bchunked")],
    ["chunked behind a folded line", framed("Transfer-Encoding:\r\n chunked")],
    ["a space before the colon", framed("Transfer-Encoding : chunked")],
    ["a tab before the colon", framed("Content-Length\t: 5")],
    ["a NUL in the name", framed("Transfer\0-Encoding: chunked")],
  ),
  ...refused(413, ["a length above any limit", head("GET {path} HTTP/1.1", "Host: {host}", "Content-Length: 999999999999999")]),
];
