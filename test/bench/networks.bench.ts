/** From the text of an address to its class, IPv4 and IPv6, in lists of three sizes. */
import { type Standing, standingOf } from "./contest/contest.ts";
import { type Held, hold } from "./contest/curve.ts";
import { type Family, prefixList } from "./data/prefix-lists.ts";
import { type BenchResult, type BenchRow, time, times } from "./row.ts";

const goals = { ipv4: { "net.BlockList": 10, maxmind: 8, bytes: 16 }, ipv6: { "net.BlockList": 3, maxmind: 0, bytes: 40 } } as const;
const counts = [10_000, 100_000, 1_000_000] as const;
const slowestBuild = 2;

export async function networksBench(): Promise<BenchResult> {
  const ipv4 = await family("ipv4");
  const ipv6 = await family("ipv6");
  return { rows: [...rowsOf("ipv4", ipv4), ...rowsOf("ipv6", ipv6), buildRow(ipv4)], curves: [ipv4.curve, ipv6.curve] };
}

function family(name: Family): Promise<Held> {
  const shown = name === "ipv4" ? "IPv4" : "IPv6";
  return hold({
    name: `networks-${name}`,
    title: `Address text to class, ${shown}`,
    about: `${counts.map((count) => `${count.toLocaleString("en")}: ${prefixList(name, count).origin}`).join("; ")}. Half of the addresses are inside.`,
    module: "networks.ts",
    names: ["gwl", "net.BlockList", "maxmind", "ipaddr.js"],
    sizes: counts.map((count) => ({
      label: `${count.toLocaleString("en")} prefixes`,
      setup: { family: name, count },
      without: [...(count > 10_000 ? ["ipaddr.js"] : []), ...(count > 100_000 ? ["net.BlockList"] : [])],
    })),
  });
}

function rowsOf(name: Family, { standings }: Held): readonly BenchRow[] {
  const shown = name === "ipv4" ? "IPv4" : "IPv6";
  const ratios = standings.slice(0, 2).flatMap((standing, at) => {
    const ours = standing[0];
    return (["net.BlockList", "maxmind"] as const).flatMap((peer): readonly BenchRow[] => {
      const goal = goals[name][peer];
      if (goal === 0) return [];
      const ratio = standingOf(standing, peer)?.ratio ?? 0;
      const isMet = ours?.wrong === undefined && ratio >= goal;
      const measured = `${time(ours?.cost ?? Number.NaN)}; ${times(ratio)}`;
      return [
        {
          what: `${shown} text to class, ${counts[at]?.toLocaleString("en")} prefixes, beside ${peer}`,
          measured,
          goal: `at least ${goal}×`,
          isMet,
          allocated: ours?.allocated,
        },
      ];
    });
  });
  return [...ratios, bytesRow(shown, standings[1], goals[name].bytes)];
}

function bytesRow(shown: string, standing: readonly Standing[] | undefined, goal: number): BenchRow {
  const bytes = (standing?.[0]?.bytes ?? Number.NaN) / 100_000;
  return { what: `${shown}: bytes a prefix at 100,000`, measured: bytes.toFixed(1), goal: `at most ${goal}`, isMet: bytes <= goal };
}

function buildRow({ standings }: Held): BenchRow {
  const seconds = standings[2]?.[0]?.buildSeconds ?? Number.NaN;
  return {
    what: "1,000,000 IPv4 prefixes, from texts to tables that answer",
    measured: `${seconds.toFixed(2)} s`,
    goal: `under ${slowestBuild} s`,
    isMet: seconds < slowestBuild,
  };
}
