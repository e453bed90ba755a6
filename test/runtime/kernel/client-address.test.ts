import { expect, test } from "vitest";
import { clientAddress } from "../../../runtime/kernel/client-address.ts";
import { addressText, parseAddress } from "../../../runtime/kernel/ip.ts";

const trusted = new Set(["10.0.0.1", "10.0.0.2", "2001:db8::1"]);

const cases: readonly (readonly [peer: string, forwardedFor: string | undefined, client: string | undefined])[] = [
  ["203.0.113.9", undefined, "203.0.113.9"],
  ["10.0.0.1", undefined, "10.0.0.1"],
  ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["203.0.113.9", "nonsense", "203.0.113.9"],
  ["10.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["10.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"],
  ["10.0.0.1", "198.51.100.1,\t 10.0.0.2 ", "198.51.100.1"],
  ["10.0.0.1", "evil, 203.0.113.5", "203.0.113.5"],
  ["10.0.0.1", "10.0.0.2,10.0.0.2", "10.0.0.2"],
  ["10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"],
  ["2001:db8::1", "2001:DB8:0::5", "2001:db8::5"],
  ["10.0.0.1", "evil, 10.0.0.2", undefined],
  ["10.0.0.1", "", undefined],
  ["10.0.0.1", "198.51.100.1,", undefined],
  ["10.0.0.1", ",10.0.0.2", undefined],
  ["10.0.0.1", "198.51.100.1:443", undefined],
  ["10.0.0.1", "[2001:db8::5]", undefined],
  ["10.0.0.1", "010.0.0.2", undefined],
  ["10.0.0.1", "unknown", undefined],
];

test.each(cases)("from %s with %j the client is %s", (peer, forwardedFor, client) => {
  const address = parseAddress(peer);
  if (address === undefined) throw new Error("a test's peer is an address");
  const found = clientAddress(address, forwardedFor, (one) => trusted.has(addressText(one)));
  expect(found && addressText(found)).toBe(client);
});
