import { describe, expect, test } from "vitest";
import { declared } from "./declared.ts";

const cidrs = async (text: string, others: Readonly<Record<string, string>> = {}): Promise<readonly string[] | undefined> => {
  const { program, told } = await declared(text, others);
  expect(told.filter((line) => !line.startsWith("GWL3702"))).toEqual([]);
  return program.networks.find((network) => network.name === "n")?.cidrs;
};

describe("a network written out", () => {
  test.each([
    ["network n { 10.0.0.0/8 }", ["10.0.0.0/8"]],
    ["network n { 198.51.100.16/28, 2001:DB8:a0::/48\n203.0.113.0/24 }", ["198.51.100.16/28", "203.0.113.0/24", "2001:db8:a0::/48"]],
    ["network n { 192.0.2.0/25, 192.0.2.128/25 }", ["192.0.2.0/24"]],
    ["network n { ::ffff:192.0.2.0/120 }", ["192.0.2.0/24"]],
    ["network m { 10.0.0.0/8 }\nnetwork n { m, 192.0.2.0/24 }", ["10.0.0.0/8", "192.0.2.0/24"]],
    ["network n { m + 192.0.2.0/24 }\nnetwork m { 10.0.0.0/8 }", ["10.0.0.0/8", "192.0.2.0/24"]],
    ["network n = a + b\nnetwork a { 10.0.0.0/9 }\nnetwork b { 10.128.0.0/9 }", ["10.0.0.0/8"]],
    ["network a { 10.0.0.0/8 }\nnetwork n = a - 10.0.0.0/9", ["10.128.0.0/9"]],
    ["network a { 10.0.0.0/8 }\nnetwork n = a & (10.3.0.0/16 + 11.0.0.0/8)", ["10.3.0.0/16"]],
  ])("%s", async (text, expected) => {
    expect(await cidrs(text)).toEqual(expected);
  });

  test.each([
    ["network n { 203.0.113.7/24 }", ['GWL3104 "203.0.113.7/24": `203.0.113.7/24` has bits set behind its prefix']],
    ["network n { 203.0.113.7 }", ['GWL3703 "203.0.113.7": `203.0.113.7` is an address, not a network']],
    ["network n { 10.1/16 }", ['GWL3103 "10.1/16": `10.1/16` is not an IP address']],
    ["network n { 10.0.0.0/33 }", ['GWL3105 "10.0.0.0/33": the prefix of `10.0.0.0/33` is not a number from 0 to 32']],
    ['network n { "10.0.0.0/8" }', ['GWL3704 "\\"10.0.0.0/8\\"": `"10.0.0.0/8"` is no network']],
    ["network n = 10.0.0.0/8 | 11.0.0.0/8", ['GWL3704 "10.0.0.0/8 | 11.0.0.0/8": `10.0.0.0/8 | 11.0.0.0/8` is no network']],
    ["network n { }", ['GWL3705 "n": `n` holds no address']],
    ["network a { 10.0.0.0/8 }\nnetwork n = a & 11.0.0.0/8", ['GWL3705 "n": `n` holds no address']],
    ["network n = offce\nnetwork office { 10.0.0.0/8 }", ['GWL2061 "offce": there is no network `offce` here']],
    ["let x = 1\nnetwork n = x", ['GWL2062 "x": `x` is a constant, and a network is needed here']],
    ["network a = b\nnetwork b = a", ['GWL2063 "a": `a` is declared in terms of itself']],
    ["network n", ['GWL2201 "": `network` needs `{`, `=` or `from` here, found the end of the line']],
    ["network n = 10.0.0.0/8 11.0.0.0/8", ['GWL2202 "11.0.0.0/8": this `network` is complete before `11.0.0.0/8`']],
  ])("%s is told", async (text, expected) => {
    expect((await declared(text)).told).toEqual(expected);
  });

  test("an entry inside another is warned of, and where the other one is", async () => {
    const { findings, told } = await declared("network n { 10.1.0.0/16, 10.0.0.0/8, 10.1.0.0/16 }");
    expect(told).toEqual([
      'GWL3701 "10.1.0.0/16": `10.1.0.0/16` lies inside `10.0.0.0/8`',
      'GWL3701 "10.1.0.0/16": `10.1.0.0/16` lies inside `10.0.0.0/8`',
    ]);
    expect(findings.map((found) => found.related.map(({ message }) => message))).toEqual([["already holds it"], ["already holds it"]]);
  });

  test("an address without a prefix is repaired by one edit", async () => {
    const { findings } = await declared("network n { 2001:db8::1 }");
    expect(findings[0]?.fixes[0]?.edits[0]?.text).toBe("2001:db8::1/128");
  });

  test("a network that is broken makes no second finding where it is used", async () => {
    expect((await declared("network a { 10.0.0.1/8 }\nnetwork b = a - 10.0.0.0/9")).told).toHaveLength(1);
  });
});

const AWS = JSON.stringify({
  syncToken: "1",
  prefixes: [
    { ip_prefix: "52.0.0.0/15", region: "eu-west-1", service: "EC2", network_border_group: "eu-west-1" },
    { ip_prefix: "52.2.0.0/15", region: "eu-west-1", service: "S3", network_border_group: "eu-west-1" },
    { ip_prefix: "54.0.0.0/15", region: "us-east-1", service: "S3", network_border_group: "us-east-1" },
  ],
  ipv6_prefixes: [{ ipv6_prefix: "2a05:d000::/36", region: "eu-west-1", service: "S3", network_border_group: "eu-west-1" }],
});

describe("a network from a list", () => {
  test.each([
    ["plain text, with comments and empty lines", "# ours\r\n10.0.0.0/8\r\n\r\n192.0.2.1 ; a machine\n", ["10.0.0.0/8", "192.0.2.1/32"]],
    ["a byte order mark", "\uFEFF10.0.0.0/8", ["10.0.0.0/8"]],
    ["JSON of AWS", AWS, ["52.0.0.0/14", "54.0.0.0/15", "2a05:d000::/36"]],
    [
      "JSON of Google",
      '{"prefixes":[{"ipv4Prefix":"34.1.208.0/20","service":"Google Cloud","scope":"africa-south1"},{"ipv6Prefix":"2600:1900::/35"}]}',
      ["34.1.208.0/20", "2600:1900::/35"],
    ],
    [
      "JSON of GitHub",
      '{"ssh_keys":["ssh-ed25519 AAAA"],"hooks":["192.30.252.0/22"],"web":["140.82.112.0/20"],"domains":{"website":["*.github.com"]}}',
      ["140.82.112.0/20", "192.30.252.0/22"],
    ],
    ["JSON of Fastly", '{"addresses":["23.235.32.0/20"],"ipv6_addresses":["2a04:4e40::/32"]}', ["23.235.32.0/20", "2a04:4e40::/32"]],
    ["a JSON array of texts", '["10.0.0.0/8"]', ["10.0.0.0/8"]],
  ])("is read from %s", async (_, list, expected) => {
    expect(await cidrs('network n from "lists/l"', { "lists/l": list })).toEqual(expected);
  });

  test.each([
    ['region == "eu-west-1"', ["52.0.0.0/14", "2a05:d000::/36"]],
    ['region == "eu-west-1" and service == "S3"', ["52.2.0.0/15", "2a05:d000::/36"]],
    ['service != "S3"', ["52.0.0.0/15"]],
    ['service in ["EC2"] or (region == "us-east-1" and service == "S3")', ["52.0.0.0/15", "54.0.0.0/15"]],
    ['not network_border_group == "eu-west-1"', ["54.0.0.0/15"]],
  ])("keeps the entries where %s", async (where, expected) => {
    expect(await cidrs(`network n from "aws.json" where ${where}`, { "aws.json": AWS })).toEqual(expected);
  });

  test.each([
    ['network n from "aws.json" where regio == "x"', 'GWL3709 "regio": the entries of this list have no `regio`'],
    [
      'network n from "aws.json" where region == "eu-wset-1"',
      'GWL3710 "\\"eu-wset-1\\"": no entry of this list has the region `eu-wset-1`',
    ],
    [
      'network n from "aws.json" where region == "us-east-1" and service == "EC2"',
      'GWL3712 "region == \\"us-east-1\\" and service == \\"EC2\\"": no entry of the list fits this `where`',
    ],
    ['network n from "aws.json" where region', 'GWL3711 "region": `region` cannot select entries of a list'],
    [
      'network n from "plain.txt" where region == "x"',
      'GWL3708 "region == \\"x\\"": the entries of `plain.txt` say nothing but their network, so there is nothing to select by',
    ],
    [
      'network n from "broken.json"',
      'GWL3706 "\\"broken.json\\"": `broken.json` is no list of networks: it starts like JSON and is not valid JSON',
    ],
    [
      'network n from "other.json"',
      'GWL3706 "\\"other.json\\"": `other.json` is no list of networks: its JSON is of no provider that is known here',
    ],
    ['network n from "none.txt"', 'GWL2002 "\\"none.txt\\"": `none.txt` cannot be read: there is no such file'],
    [
      "network n { 10.0.0.0/8 } reload every 1h",
      'GWL4550 "reload": `reload` is for networks that come from a list, and this one stands in the source',
    ],
    ['network n from "plain.txt" reload every 9s', 'GWL4551 "9s": a list that is read again every few moments is asked for too often'],
    ['network n from "plain.txt" reload every 8d', 'GWL4551 "8d": a list that is read again every few weeks is stale for too long'],
    ['network n from "plain.txt" reload every 1h shrink at most 101%', 'GWL3111 "101%": `101%` is more than all'],
    ['network n from "plain.txt" reload 1h', 'GWL2201 "1h": `network` needs `every` here, found `1h`'],
    ['network n from "plain.txt" reload every 1h shrink 10%', 'GWL2201 "10%": `network` needs `at` here, found `10%`'],
    ['network n from "plain.txt" reload every 1h where x', 'GWL2202 "where": this `network` is complete before `where`'],
    ['network n from "plain.txt" reload every 1', 'GWL2403 "1": `1` has no unit, and `Duration` is expected'],
  ])("%s is told", async (text, expected) => {
    const others = { "aws.json": AWS, "plain.txt": "10.0.0.0/8", "broken.json": '{"prefixes": [', "other.json": '{"a": 1}' };
    expect((await declared(text, others)).told).toEqual([expected]);
  });

  test("shows five broken entries with their lines, and counts the others", async () => {
    const list = ["10.0.0.0/8", "10.1", "10.0.0.1/8", "x", "10.0.0.0/40", "fe80::1%eth0", "010.0.0.1", "999.0.0.0/8"].join("\n");
    const { findings, told } = await declared('network n from "l.txt"', { "l.txt": list });
    expect(told).toEqual(['GWL3707 "\\"l.txt\\"": 7 entries of `l.txt` are no networks']);
    expect(findings[0]?.help).toBe(
      "line 2: `10.1` is not an IP address; line 3: `10.0.0.1/8` has bits set behind its prefix (the network is 10.0.0.0/8); " +
        "line 4: `x` is not an IP address; line 5: `10.0.0.0/40` has no prefix from 0 to 32; line 6: `fe80::1%eth0` is not an IP address; and 2 more",
    );
  });

  test("names the line of a broken entry in JSON", async () => {
    const { findings } = await declared('network n from "l.json"', { "l.json": '[\n "10.0.0.0/8",\n "10.0.0.1/8"\n]' });
    expect(findings[0]?.help).toMatch(/^line 3: `10\.0\.0\.1\/8`/);
  });

  test("folds entries that lie in others, and says how many in one note", async () => {
    const { told, program } = await declared('network n from "l.txt"', { "l.txt": "10.0.0.0/8\n10.1.0.0/16\n10.2.3.4" });
    expect(told).toEqual(['GWL3702 "\\"l.txt\\"": 2 entries of `l.txt` lie inside others']);
    expect(program.networks[0]?.cidrs).toEqual(["10.0.0.0/8"]);
  });

  test.each([
    ["reload every 1h", { every: 3_600_000, shrink: 50 }],
    ["reload every 10s shrink at most 0%", { every: 10_000, shrink: 0 }],
    ["reload every 7d shrink at most 100%", { every: 604_800_000, shrink: 100 }],
  ])("is read again: %s", async (reload, expected) => {
    const { told, program } = await declared(`network n from "./lists/../l.txt" ${reload}`, { "l.txt": "10.0.0.0/8\n10.1.0.0/16" });
    expect(told).toEqual(['GWL3702 "\\"./lists/../l.txt\\"": 1 entry of `l.txt` lies inside others']);
    expect(program.networks[0]?.reload).toEqual({ path: "l.txt", entries: 2, ...expected });
  });

  test("is read again with what it was selected by", async () => {
    const where = '(region == "eu-west-1" and not (service in ["S3", "EC2"])) or service != "S3"';
    const { told, program } = await declared(`network n from "aws.json" where ${where} reload every 1h`, { "aws.json": AWS });
    expect(told).toEqual([]);
    const service = (...values: string[]): object => ({ kind: "oneOf", attribute: "service", values });
    expect(program.networks[0]?.reload?.where).toEqual({
      kind: "any",
      parts: [
        {
          kind: "all",
          parts: [
            { kind: "oneOf", attribute: "region", values: ["eu-west-1"] },
            { kind: "not", part: service("S3", "EC2") },
          ],
        },
        { kind: "not", part: service("S3") },
      ],
    });
  });

  test.each(["network m = n + 10.0.0.0/8", "network m { n, 10.0.0.0/8 }", "network m = 10.0.0.0/8 - n"])(
    "cannot be part of %s",
    async (other) => {
      const { told } = await declared(`network n from "l.txt" reload every 1h\n${other}`, { "l.txt": "10.0.0.0/8" });
      expect(told).toEqual(['GWL4552 "n": `n` is read again while the gateway serves, and a network that is made of it would not be']);
    },
  );

  test("goes into the program's inputs with its hash", async () => {
    const { program } = await declared('network n from "./l.txt"', { "l.txt": "10.0.0.0/8" });
    expect(program.inputs).toEqual([
      { file: "main.gwl", kind: "source", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      { file: "l.txt", kind: "list", sha256: "93997fe8a8121085052fd8c9a6515591714f1b745733ac379f691a9074d518a5" },
    ]);
  });
});
