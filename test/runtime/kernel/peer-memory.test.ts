import { expect, test } from "vitest";
import { peerMemory } from "../../../runtime/kernel/peer-memory.ts";

test("a peer's address that comes again is the same object after that; other peers have their own", () => {
  const peerOf = peerMemory();
  expect(peerOf("2001:DB8::1")?.text).toBe("2001:db8::1");
  peerOf("2001:DB8::1");
  const first = peerOf("2001:DB8::1");
  expect(peerOf("192.0.2.1")?.text).toBe("192.0.2.1");
  expect(peerOf("2001:DB8::1")).toBe(first);
  expect(peerOf("2001:DB8::2")?.text).toBe("2001:db8::2");
});

test("zones are left out, mapped addresses are their IPv4 form, what is no address stays none", () => {
  const peerOf = peerMemory();
  expect(["fe80::1%eth0", "::ffff:192.0.2.7", "", "localhost", "192.0.2.256", ""].map((text) => peerOf(text)?.text)).toEqual([
    "fe80::1",
    "192.0.2.7",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("more peers than it remembers are answered as rightly", () => {
  const peerOf = peerMemory();
  const address = (number: number): string => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  for (let number = 0; number < 10_000; number++) expect(peerOf(address(number))?.text).toBe(address(number));
  expect(peerOf(address(3))?.text).toBe(address(3));
});
