import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { addressText, parseAddress } from "../../../runtime/kernel/ip.ts";

const good: readonly (readonly [text: string, canonical: string])[] = [
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["128.0.0.1", "128.0.0.1"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["2001:DB8::A", "2001:db8::a"],
  ["2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"],
  ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
  ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:c000:0201", "192.0.2.1"],
  ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
  ["::192.0.2.1", "::c000:201"],
  ["64:ff9b::192.0.2.1", "64:ff9b::c000:201"],
];

const bad: readonly string[] = [
  "",
  " ",
  ".",
  ":",
  ":::",
  "1",
  "10.1",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.",
  ".1.2.3",
  "1..2.3",
  "256.1.1.1",
  "1.1.1.256",
  "999.1.1.1",
  "01.2.3.4",
  "1.2.3.04",
  "0x7f.0.0.1",
  "0177.0.0.1",
  "2130706433",
  "0x7f000001",
  "1.2.3.4 ",
  " 1.2.3.4",
  "1.2.3.4\n",
  "+1.2.3.4",
  "1.2.3.-4",
  "1.2.3.4:80",
  "[::1]",
  "::1%eth0",
  "fe80::1%1",
  "1.2.3.4/32",
  "::/0",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "::1::",
  "1::2::3",
  "1:::2",
  "1:2:3:4:5:6:7:8::",
  "::1:2:3:4:5:6:7:8",
  ":1:2:3:4:5:6:7:8",
  "1:2:3:4:5:6:7:",
  ":1::",
  "12345::",
  "g::",
  "::1.2.3",
  "::1.2.3.4.5",
  "::01.2.3.4",
  "1.2.3.4::",
  "::1.2.3.4:5",
  "1:2:3:4:5:6:7:1.2.3.4",
  "::256.2.3.4",
  "::ffff:1.2.3.4 ",
  "１.2.3.4",
  "1.2.3.4\0",
  "::１",
  "0000:0000:0000:0000:0000:0000:0000:00000",
  "1:2:3:4:5:6:7:0x8",
  "a.b.c.d",
  "localhost",
  "::-1",
  "1:2:3:4::5:6:7:8",
];

const word = fc.integer({ min: 0, max: 0xffffffff });

describe("addresses", () => {
  test.each(good)("%s is read and printed as %s", (text, canonical) => {
    const address = parseAddress(text);
    expect(address && addressText(address)).toBe(canonical);
  });

  test.each(bad.map((text) => [text]))("%j is refused", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test("every number has one text, which reads back and which ipaddr.js reads the same", () => {
    fc.assert(
      fc.property(word, (value) => {
        const text = addressText({ family: 4, value });
        expect(parseAddress(text)).toEqual({ family: 4, value });
        expect(ipaddr.IPv4.parse(text).toNormalizedString()).toBe(text);
      }),
    );
  });

  test("IPv6 agrees with ipaddr.js in every spelling that it prints", () => {
    const bytes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes, (parts) => {
        const peer = new ipaddr.IPv6(parts);
        const mapped = peer.isIPv4MappedAddress();
        for (const text of [peer.toNormalizedString(), peer.toNormalizedString().toUpperCase(), peer.toRFC5952String()]) {
          const address = parseAddress(text);
          expect(address?.family).toBe(mapped ? 4 : 6);
          expect(address && addressText(address)).toBe(mapped ? peer.toIPv4Address().toString() : peer.toRFC5952String());
        }
      }),
    );
  });

  test("what is read at all, ipaddr.js calls valid too", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789abf.:"), minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(text, (candidate) => {
        const address = parseAddress(candidate);
        if (address !== undefined) expect(ipaddr.process(candidate).kind()).toBe(address.family === 4 ? "ipv4" : "ipv6");
        else expect(ipaddr.IPv4.isValidFourPartDecimal(candidate) || ipaddr.IPv6.isValid(candidate)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
