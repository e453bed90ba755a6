/** A thread that writes the lists of `list-swap.ts`: `next-0`, `next-1` and so on, of as many blocks, none of them the same. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { workerData } from "node:worker_threads";

const { folder, entries, family, count } = workerData as {
  readonly folder: string;
  readonly entries: number;
  readonly family: "ipv4" | "ipv6";
  readonly count: number;
};
for (let version = 0; version < count; version++)
  writeFileSync(join(folder, `next-${version}`), family === "ipv4" ? ipv4List(version) : ipv6List(version));

function ipv4List(version: number): string {
  const lines: string[] = [];
  for (let at = 0; at < entries; at++) {
    const value = (Math.imul(at * 2 + 1, 2_654_435_761) + version * 512) >>> 0;
    lines.push(`${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 254}/31`);
  }
  return lines.join("\n");
}

function ipv6List(version: number): string {
  const lines: string[] = [];
  for (let at = 0; at < entries; at++) {
    const value = Math.imul(at * 2 + 1, 2_654_435_761) >>> 0;
    lines.push(`2${(value >>> 20).toString(16).padStart(3, "0")}:${((value >>> 4) & 0xffff).toString(16)}:${version.toString(16)}::/48`);
  }
  return lines.join("\n");
}
