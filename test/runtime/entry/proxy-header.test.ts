import { describe, expect, test } from "vitest";
import { crc32c } from "../../../runtime/entry/crc32c.ts";
import { readProxyHeader } from "../../../runtime/entry/proxy-header.ts";
import { endpointTlv, headerV2, tlv, type V2 } from "../../harness/proxy-header.ts";

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");
const kindOf = (bytes: Uint8Array): string => readProxyHeader(bytes).kind;
const longest = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

describe("version 1", () => {
  test.each([
    ["PROXY TCP4 192.0.2.1 10.0.0.1 56324 443\r\n", "192.0.2.1"],
    ["PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255"],
    ["PROXY TCP6 2001:db8::1 ::1 0 443\r\n", "2001:db8::1"],
    [`PROXY TCP6 ${longest} ${longest} 65535 65535\r\n`, longest],
    ["PROXY UNKNOWN\r\n", undefined],
  ])("%j is read", (line, source) => {
    const reading = readProxyHeader(ascii(`${line}GET / HTTP/1.1`));
    expect(reading).toEqual({ kind: "header", header: { length: line.length, ...(source === undefined ? {} : { source }) } });
    for (let cut = 0; cut < line.length; cut++) expect(kindOf(ascii(line.slice(0, cut))), String(cut)).toBe("more");
  });

  test.each([
    ["GET / HTTP/1.1\r\n"],
    ["proxy TCP4 192.0.2.1 10.0.0.1 1 2\r\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 1 2\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 1 2\rX"],
    ["PROXY  TCP4 192.0.2.1 10.0.0.1 1 2\r\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 1 2 \r\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 1\r\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 01 2\r\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 65536 2\r\n"],
    ["PROXY TCP4 192.0.2.1 10.0.0.1 -1 2\r\n"],
    ["PROXY TCP4 192.0.2.01 10.0.0.1 1 2\r\n"],
    ["PROXY TCP4 0xc0.0.2.1 10.0.0.1 1 2\r\n"],
    ["PROXY TCP4 ::ffff:192.0.2.1 10.0.0.1 1 2\r\n"],
    ["PROXY TCP6 192.0.2.1 ::1 1 2\r\n"],
    ["PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n"],
    ["PROXY UDP4 192.0.2.1 10.0.0.1 1 2\r\n"],
    ["PROXY UNKNOWN 192.0.2.1 10.0.0.1 1 2\r\n"],
    ["PROXY\r\n"],
    [`PROXY TCP6 ${"0".repeat(96)}`],
    [`PROXY UNKNOWN${" ".repeat(93)}\r\n`],
  ])("%j is refused", (line) => expect(kindOf(ascii(line))).toBe("refused"));
});

const client: V2 = { source: "192.0.2.1", target: "10.0.0.1" };
const endpoint = endpointTlv("vpce-0abc1234def567890");

describe("version 2", () => {
  const others = [0x01, 0x02, 0x04, 0x20, 0x30, 0x77].map((type) => tlv(type, ascii("x")));
  const cases: readonly (readonly [what: string, bytes: Uint8Array, header: object])[] = [
    ["IPv4", headerV2(client), { source: "192.0.2.1" }],
    ["IPv6", headerV2({ source: "2001:db8::7", target: "::1" }), { source: "2001:db8:0:0:0:0:0:7" }],
    ["a local connection", headerV2({ command: 0x20, family: 0, addresses: new Uint8Array() }), {}],
    ["a local connection that says something", headerV2({ ...client, command: 0x20, extras: [Uint8Array.of(9)] }), {}],
    ["the VPC endpoint", headerV2({ ...client, extras: [endpoint] }), { source: "192.0.2.1", vpce: "vpce-0abc1234def567890" }],
    ["another value of AWS", headerV2({ ...client, extras: [tlv(0xea, Uint8Array.of(2, 7))] }), { source: "192.0.2.1" }],
    ["ALPN, authority, padding, TLS, what nobody knows", headerV2({ ...client, extras: others }), { source: "192.0.2.1" }],
    ["an empty value", headerV2({ ...client, extras: [tlv(0x04, new Uint8Array())] }), { source: "192.0.2.1" }],
    ["a checksum", headerV2({ ...client, extras: [endpoint], sum: "right" }), { source: "192.0.2.1", vpce: "vpce-0abc1234def567890" }],
  ];

  test.each(cases)("%s is read", (_what, bytes, header) => {
    expect(readProxyHeader(Buffer.concat([bytes, ascii("GET /")]))).toEqual({
      kind: "header",
      header: { length: bytes.length, ...header },
    });
    for (let cut = 0; cut < bytes.length; cut++) expect(kindOf(bytes.subarray(0, cut)), String(cut)).toBe("more");
  });

  const wrong: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ["another signature", ascii("\r\n\r\n\0\r\nQUIT\r")],
    ["version 1 in binary", headerV2({ ...client, command: 0x11 })],
    ["version 3", headerV2({ ...client, command: 0x31 })],
    ["another command", headerV2({ ...client, command: 0x22 })],
    ["no family", headerV2({ ...client, family: 0x00 })],
    ["UDP", headerV2({ ...client, family: 0x12 })],
    ["a socket of the file system", headerV2({ family: 0x31, addresses: new Uint8Array(216) })],
    ["a family of the future", headerV2({ ...client, family: 0x41 })],
    ["addresses that are cut off", headerV2({ family: 0x11, addresses: new Uint8Array(11) })],
    ["IPv6 with addresses of IPv4", headerV2({ ...client, family: 0x21 })],
    ["a value that is cut off", headerV2({ ...client, extras: [Uint8Array.of(0x04, 0, 5, 1)] })],
    ["two bytes of a value", headerV2({ ...client, extras: [Uint8Array.of(0x04, 0)] })],
    ["a wrong checksum", headerV2({ ...client, extras: [endpoint], sum: "wrong" })],
    ["two checksums", headerV2({ ...client, extras: [tlv(0x03, new Uint8Array(4))], sum: "right" })],
    ["a checksum of three bytes", headerV2({ ...client, extras: [tlv(0x03, new Uint8Array(3))] })],
    ["two VPC endpoints", headerV2({ ...client, extras: [endpoint, endpoint] })],
    ["an id of another kind", headerV2({ ...client, extras: [endpointTlv("vpc-0abc1234def567890")] })],
    ["an id in capitals", headerV2({ ...client, extras: [endpointTlv("vpce-0ABC1234")] })],
    ["an empty id", headerV2({ ...client, extras: [endpointTlv("")] })],
    ["more bytes than are read", headerV2({ ...client, extras: [tlv(0x04, new Uint8Array(5_000))] })],
  ];
  test.each(wrong)("%s is refused", (_what, bytes) => expect(kindOf(bytes)).toBe("refused"));
});

describe("a checksum", () => {
  test("lets no byte of the header be another", () => {
    const bytes = headerV2({ ...client, extras: [endpoint], sum: "right" });
    const more: number[] = [];
    const read: (readonly [at: number, change: number, header: object])[] = [];
    for (let at = 0; at < bytes.length; at++) {
      for (let change = 1; change < 256; change++) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        const reading = readProxyHeader(changed);
        if (reading.kind === "more") more.push(at);
        if (reading.kind === "header") read.push([at, change, reading.header]);
      }
    }
    // A shorter one may end before the checksum, or a longer one still come; what makes no checksum of it is another header.
    const unsummed = new Set([14, 15, bytes.length - 7]);
    expect([...new Set(more)].filter((at) => !unsummed.has(at))).toEqual([]);
    // "proxy" may become "local", which says nothing of anybody.
    expect(read.filter(([at]) => !unsummed.has(at))).toEqual([[12, 1, { length: bytes.length }]]);
  });

  test("is that of RFC 3720, B.4", () => {
    const nowhere = 1_000;
    expect(crc32c(new Uint8Array(32), nowhere)).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff), nowhere)).toBe(0x62a8ab43);
    expect(
      crc32c(
        Uint8Array.from({ length: 32 }, (_, at) => at),
        nowhere,
      ),
    ).toBe(0x46dd794e);
  });
});

test("random bytes are no header, and never a fault", () => {
  let state = 7;
  const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16;
  const start = headerV2(client).subarray(0, 16);
  let read = 0;
  for (let trial = 0; trial < 20_000; trial++) {
    const noise = Uint8Array.from({ length: random() % 80 }, () => random() & 0xff);
    const bytes = trial % 2 === 0 ? Buffer.concat([start.subarray(0, random() % 17), noise]) : noise;
    const reading = readProxyHeader(bytes);
    if (reading.kind !== "header") continue;
    read++;
    expect(bytes.subarray(0, 16)).toEqual(start);
    expect(reading.header.length).toBeLessThanOrEqual(bytes.length);
  }
  expect(read).toBeGreaterThan(100);
});
