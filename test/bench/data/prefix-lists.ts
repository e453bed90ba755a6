/** Lists of networks, IPv4 or IPv6, of any length: country lists where the data is at hand, else made ones of the same shape. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scattered } from "../contest/contender.ts";

export type Family = "ipv4" | "ipv6";
/** CIDR texts in no order, none twice. */
export type PrefixList = { readonly prefixes: readonly string[]; readonly origin: string };

const countries = join(import.meta.dirname, "../../../../shared/data/ip/country");

export function prefixList(family: Family, count: number): PrefixList {
  const known = countryPrefixes(family);
  if (count <= known.length) {
    const step = known.length / count;
    return { prefixes: Array.from({ length: count }, (_, at) => known[Math.floor(at * step)] ?? ""), origin: "country lists" };
  }
  const isFar = count > known.length * 2;
  const all = new Set(isFar ? [] : known);
  for (let number = 0; all.size < count; number++) all.add(family === "ipv4" ? madeIpv4(number) : madeIpv6(number));
  return { prefixes: [...all], origin: isFar ? "made ones" : `country lists and ${count - known.length} made ones` };
}

function countryPrefixes(family: Family): readonly string[] {
  if (!existsSync(countries)) return [];
  const files = readdirSync(countries).filter((name) => name.endsWith(`.${family}.cidr`));
  return [...new Set(files.flatMap((name) => readFileSync(join(countries, name), "utf8").split("\n")))].filter((line) =>
    line.includes("/"),
  );
}

/** Lengths as they are in lists of abuse, which are the long ones: most of them single addresses. */
const ipv4Lengths = [32, 32, 32, 30, 32, 32, 31, 32, 28, 32, 32, 29, 32, 32, 24, 32];

function madeIpv4(number: number): string {
  const length = ipv4Lengths[number % ipv4Lengths.length] ?? 24;
  const value = (0x01000000 + (scattered(number) % 0xde000000)) >>> 0;
  const first = length === 32 ? value : (value & ~(0xffffffff >>> length)) >>> 0;
  return `${first >>> 24}.${(first >>> 16) & 255}.${(first >>> 8) & 255}.${first & 255}/${length}`;
}

function madeIpv6(number: number): string {
  const [a, b] = [scattered(number), scattered(number * 7 + 3)];
  const group = (value: number): string => (value & 0xffff).toString(16);
  const high = 0x2000 + (a % 0x1000);
  return number % 3 === 0 ? `${group(high)}:${group(a >>> 16)}::/32` : `${group(high)}:${group(a >>> 16)}:${group(b)}::/48`;
}

/** Half of them in one of the prefixes, half anywhere. */
export function addressText(family: Family, prefixes: readonly string[], number: number): string {
  const random = scattered(number);
  const [first = ""] = (prefixes[random % prefixes.length] ?? "").split("/");
  if (family === "ipv4") {
    if (number % 2 === 0) return first.replace(/\d+$/, (last) => String(Number(last) ^ (number % 16 === 0 ? 1 : 0)));
    return `${1 + (random % 222)}.${(random >>> 8) & 255}.${(random >>> 16) & 255}.${(random >>> 24) & 255}`;
  }
  if (number % 2 === 0) return `${first.replace(/::$/, "")}::${(random & 0xfff).toString(16)}`.replace(/:::+/, "::");
  const group = (at: number): string => (scattered(number * 8 + at) & 0xffff).toString(16);
  return `${(0x2000 + (random % 0x1000)).toString(16)}:${[1, 2, 3, 4, 5, 6, 7].map(group).join(":")}`;
}
