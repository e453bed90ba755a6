/** Parts of messages of HTTP/1.1 as bytes, well made and badly made, and damage to whole ones. One character a byte. */
import fc from "fast-check";

const end = "\r\n";

export const plainField = fc.constantFrom(
  "Content-Type: text/plain",
  "x-empty:",
  "x-tab:\ta\tb\t",
  "X-Latin: \xe9",
  "set-cookie: a=1; Path=/",
  "Set-Cookie: b=2",
  "date:Mon, 30 Nov 2026 09:00:00 GMT",
  "Trailer: x-behind",
  "Upgrade: h2c",
  "x-odd!#$%&'*+-.^_`|~: 1",
);
export const connectionField = fc.constantFrom(
  "Connection: close",
  "connection: keep-alive",
  "Connection: Keep-Alive, close",
  "Connection: upgrade",
  "Keep-Alive: timeout=5",
  "Keep-Alive: timeout=1, max=3",
  "connection: closed",
);
export const faultyField = fc.constantFrom(
  "no colon",
  " folded: 1",
  "x-space : 1",
  ": no name",
  "x-bell: a\x07b",
  "x-nul: a\0b",
  "x-del: \x7f",
  "x-bare: a\rb",
  "x-line: a\nb",
  "x-\xe9: 1",
  "x-folded: 1\r\n 2",
  "x-long: " + "v".repeat(300),
);
const framingFault = fc.constantFrom(
  "Content-Length: 3",
  "content-length: 03",
  "Content-Length: +3",
  "Content-Length: -3",
  "Content-Length: 3, 3",
  "Content-Length: 3 3",
  "Content-Length: 0x3",
  "Content-Length:",
  "Content-Length: 99999999999999999999",
  "Transfer-Encoding: chunked",
  "transfer-encoding: CHUNKED",
  "Transfer-Encoding: gzip",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: chunked, gzip",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding: chunked;q=1",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding:",
);

const payload = fc
  .array(fc.constantFrom("hello", "a", "\r\n", "0\r\n\r\n", "\0\xff", "HTTP/1.1 200 OK\r\n\r\n"), { maxLength: 4 })
  .map((parts) => parts.join(""));
const extension = weighted(
  ["", 30],
  [";a", 1],
  [";a=b", 1],
  [';a="b;\\"c"', 1],
  ["; a", 1],
  [" ;a", 1],
  [";", 1],
  [";a=", 1],
  [" ", 1],
  [";a=b;c", 1],
  [';a="b', 1],
  [";\xe9", 1],
);
const trailer = weighted(
  ["", 20],
  ["x-behind: 1\r\n", 4],
  ["Content-Length: 4\r\n", 1],
  ["bad\r\n", 1],
  ["a : b\r\n", 1],
  ["x: a\x01\r\n", 1],
);
const chunk = fc.record({
  body: payload,
  extension,
  size: weighted(["lower", 20], ["upper", 4], ["padded", 2], ["wrong", 1], ["bad", 1], ["huge", 1]),
});

function chunkText({ body, extension: behind, size }: { body: string; extension: string; size: string }): string {
  if (body === "") return "";
  const hex = body.length.toString(16);
  const shown =
    { upper: hex.toUpperCase(), padded: `000${hex}`, wrong: (body.length + 1).toString(16), bad: `${hex}g`, huge: "fffffffffffffffff" }[
      size
    ] ?? hex;
  return `${shown}${behind}${end}${body}${end}`;
}

/** Fields of the framing, and the body framed so. */
export const framed: fc.Arbitrary<{ readonly fields: readonly string[]; readonly body: string }> = fc.oneof(
  { weight: 4, arbitrary: payload.map((body) => ({ fields: [`Content-Length: ${body.length}`], body })) },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.array(chunk, { maxLength: 3 }), extension, trailer).map(([chunks, behind, last]) => ({
      fields: ["Transfer-Encoding: chunked"],
      body: `${chunks.map(chunkText).join("")}0${behind}${end}${last}${end}`,
    })),
  },
  { weight: 2, arbitrary: payload.map((body) => ({ fields: [], body })) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.array(framingFault, { minLength: 1, maxLength: 2 }), payload).map(([fields, body]) => ({ fields, body })),
  },
);

export type Fault = { readonly at: number; readonly kind: "drop" | "insert" | "replace" | "repeat" | "cut"; readonly with: string };
export const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.nat({ max: 400 }),
  kind: fc.constantFrom("drop", "insert", "replace", "repeat", "cut"),
  with: fc.constantFrom("\r", "\n", "\r\n", " ", "\t", ":", ",", ";", "0", "9", "\0", "\x7f", "\xff", "a", '"'),
});

export function damaged(text: string, { at: place, kind, with: byte }: Fault): string {
  const at = text.length === 0 ? 0 : place % text.length;
  switch (kind) {
    case "drop":
      return text.slice(0, at) + text.slice(at + 1);
    case "insert":
      return text.slice(0, at) + byte + text.slice(at);
    case "replace":
      return text.slice(0, at) + byte + text.slice(at + 1);
    case "repeat":
      return text.slice(0, at + 1) + text.slice(at);
    case "cut":
      return text.slice(0, at);
  }
}

export function weighted<Value>(...choices: readonly (readonly [Value, number])[]): fc.Arbitrary<Value> {
  return fc.oneof(...choices.map(([value, weight]) => ({ weight, arbitrary: fc.constant(value) })));
}
