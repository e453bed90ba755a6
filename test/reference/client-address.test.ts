/** D21 and D45: who called, whatever anybody says. */
import { expect, test } from "vitest";
import { canonicalAddress, blockHolds, parseAddress } from "../../compiler/reference/address.ts";
import { ask, type Asked } from "./ask.ts";
import { blocks, gateway, open, program, route } from "./program-builder.ts";

const TRUSTING = program(gateway([route("GET /", { access: [open(0)] })], { trustProxies: [blocks("10.0.0.0/8", "2001:db8::/32")] }));
const said = (value: string, peer = "10.0.0.1"): Asked => ({ peer, headers: [["X-Forwarded-For", value]] });

test.each<[what: string, asked: Asked, client: string]>([
  ["a trusted peer is believed", said("203.0.113.9"), "203.0.113.9"],
  ["only the last untrusted one counts", said("198.51.100.1, 203.0.113.9 ,10.0.0.2"), "203.0.113.9"],
  ["a stranger is not believed", said("198.51.100.1", "203.0.113.5"), "203.0.113.5"],
  ["a stranger's nonsense is not even read", said("nonsense", "203.0.113.5"), "203.0.113.5"],
  ["nonsense behind the client is not reached", said("nonsense, 203.0.113.9"), "203.0.113.9"],
  ["only trusted ones: the first of them", said("10.0.0.3, 10.0.0.2"), "10.0.0.3"],
  ["nothing said: the peer", { peer: "10.0.0.1" }, "10.0.0.1"],
  ["a mapped peer is its IPv4 form", said("203.0.113.9", "::ffff:10.0.0.1"), "203.0.113.9"],
  ["a mapped client is its IPv4 form", said("::FFFF:203.0.113.9"), "203.0.113.9"],
  ["a peer's zone is dropped", { peer: "fe80::1%eth0" }, "fe80::1"],
])("%s", async (_, asked, client) => {
  const outcome = await ask(TRUSTING, "GET /", asked);
  expect([outcome.client, outcome.decision.effect]).toEqual([client, "allow"]);
});

test.each(["nonsense", "203.0.113.9,", "", "203.0.113.9:80", "[2001:db8::1]", "010.0.0.1", "203.0.113.9, fe80::1%eth0"])(
  "`%s` from a trusted peer is refused, and the peer is the client",
  async (value) => {
    const { client, decision } = await ask(TRUSTING, "GET /", said(value));
    expect([client, decision.effect, decision.cause]).toEqual(["10.0.0.1", "deny", "malformed"]);
  },
);

test("a peer that is no address is refused after the request itself was judged", async () => {
  expect((await ask(TRUSTING, "GET /", { peer: "socket" })).decision.cause).toBe("malformed");
  expect((await ask(TRUSTING, "GET /", { peer: "socket", headers: [["Expect", "x"]] })).decision.cause).toBe("expectation");
  expect((await ask(TRUSTING, "GET /", { peer: "socket" })).client).toBe("socket");
});

test.each([
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["::ffff:c000:0221", "192.0.2.33"],
  ["1:2:3:4:5:6:7", undefined],
  ["1:2:3:4:5:6:7::8", undefined],
  ["::1::", undefined],
  [":1::", undefined],
  ["12345::", undefined],
  ["::1.2.3", undefined],
  ["1.2.3.4::", undefined],
  ["01.2.3.4", undefined],
  ["1.2.3.256", undefined],
  ["0x7f.0.0.1", undefined],
  ["127.1", undefined],
  ["", undefined],
])("the canonical text of %s is %s", (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});

test.each([
  ["203.0.113.0/24", "203.0.113.0", true],
  ["203.0.113.0/24", "203.0.113.255", true],
  ["203.0.113.0/24", "203.0.114.0", false],
  ["203.0.113.0/24", "203.0.112.255", false],
  ["0.0.0.0/0", "255.255.255.255", true],
  ["::/0", "192.0.2.1", false],
  ["::/0", "ffff::", true],
  ["2001:db8::/127", "2001:db8::2", false],
  ["nonsense", "192.0.2.1", false],
])("%s holds %s: %s", (block, text, expected) => {
  const address = parseAddress(text);
  expect(address && blockHolds(block, address)).toBe(expected);
});
