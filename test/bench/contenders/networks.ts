/** From the text of an address to whether a list of networks holds it. */
import { BlockList, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import { Reader } from "maxmind";
import { addressSetOfCidrs } from "../../../compiler/model/address-ranges.ts";
import { addressClasses } from "../../../compiler/lower/address-classes.ts";
import { parseAddress } from "../../../runtime/kernel/ip.ts";
import { ir } from "../../emit/ir-builder.ts";
import { opened } from "../../kernel-tables/opened-tables.ts";
import { type Contender, each, freshText } from "../contest/contender.ts";
import { mmdbFile } from "../data/mmdb-file.ts";
import { holder } from "../data/prefix-bits.ts";
import { addressText, type Family, prefixList } from "../data/prefix-lists.ts";

type Setup = { readonly family: Family; readonly count: number };
type Finder = { readonly holds: (address: string) => boolean; readonly bytes?: number; readonly buildSeconds?: number };

const questions = 4000;

function contender(make: (prefixes: readonly string[], family: Family) => Finder): (setup: Setup) => Contender {
  return ({ family, count }) => {
    const { prefixes } = prefixList(family, count);
    const { holds, ...measured } = make(prefixes, family);
    const expected = holder(prefixes);
    const address = (number: number): string => freshText(addressText(family, prefixes, number));
    const bad = Array.from({ length: questions }, (_, at) => address(at)).find((one) => holds(one) !== expected(one));
    return {
      fresh: (round, inputs) => Array.from({ length: inputs }, (_, at) => address(round * 10_000 + at)),
      run: each(holds),
      wrong: bad === undefined ? undefined : `${bad} is answered wrongly`,
      ...measured,
    };
  };
}

export const contenders = {
  gwl: contender((prefixes, family) => {
    const started = performance.now();
    const classes = addressClasses([{ label: "inside", addresses: addressSetOfCidrs(prefixes) }]);
    const tables = opened(ir({ classes }), { rows: false });
    const { classOf } = tables;
    const buildSeconds = (performance.now() - started) / 1000;
    const held = classes.networks[0]?.classes[0] ?? -1;
    const sections = family === "ipv4" ? [tables.ipv4Starts, tables.ipv4Classes] : [tables.ipv6Starts, tables.ipv6Classes];
    return {
      holds: (text) => {
        const address = parseAddress(text);
        return address !== undefined && classOf(address) === held;
      },
      bytes: sections.reduce((sum, { byteLength }) => sum + byteLength, 0),
      buildSeconds,
    };
  }),
  "net.BlockList": contender((prefixes, family) => {
    const list = new BlockList();
    for (const prefix of prefixes) {
      const [address = "", length] = prefix.split("/");
      list.addSubnet(address, Number(length), family);
    }
    return { holds: (text) => list.check(text, isIPv6(text) ? "ipv6" : "ipv4") };
  }),
  maxmind: contender((prefixes, family) => {
    const file = mmdbFile(family, prefixes);
    const reader = new Reader<never>(file);
    return { holds: (text) => reader.get(text) !== null, bytes: file.length };
  }),
  "ipaddr.js": contender((prefixes) => {
    const all = prefixes.map((prefix) => ipaddr.parseCIDR(prefix));
    return {
      holds: (text) => {
        const address = ipaddr.parse(text);
        return all.some((range) => address.match(range));
      },
    };
  }),
};
