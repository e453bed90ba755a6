/**
 * `npm run bench:throughput [ROUNDS]`: the shop's bundle on one worker beside a hand-written proxy of `node:http` and beside fastify with plugins for the same, in
 * interleaved rounds; what they add to a call at 60 % of their peak; and what becomes of three times as many calls as the gateway can take. Exit code 1 where an
 * answer was wrong, or a goal is missed.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "../bench/measure.ts";
import { type Contenders, type Name, names, withContenders } from "./throughput/contenders.ts";
import type { Load, LoadTold } from "./throughput/load-client.ts";

const rounds = Number(process.argv[2] ?? 9);
const overloads = Math.ceil(rounds / 2);
const seconds = 2;
const connections = 48;
const goals = { ofBare: 0.85, ofFastify: 1.5, p50: 0.15, p99: 3, goodput: 0.8, shed: 10 } as const;

const client = fork(join(import.meta.dirname, "throughput/load-client.ts"));
await once(client, "message");

async function load(how: Omit<Load, "request" | "body">, { request, body }: Contenders): Promise<LoadTold> {
  client.send({ ...how, request, body } satisfies Load);
  const [told] = (await once(client, "message")) as [LoadTold];
  if (told.wrong > 0) throw new Error(`${told.wrong} of ${told.good.count} answers are wrong: ${told.why}`);
  return told;
}

/** So many calls until the engine has compiled what it will; on a crowded machine that takes long. */
async function warmUp(port: number, contenders: Contenders): Promise<void> {
  for (let calls = 0, at = 0; calls < 40_000 && at < 20; at++) calls += (await load({ port, connections, seconds }, contenders)).good.count;
}

/** `rate`: calls a second. `cost`: microseconds of the process's CPU a call. */
type Round = { readonly rate: number; readonly cost: number };

async function round(name: Name, contenders: Contenders): Promise<Round> {
  const before = cpuOf(contenders.pids[name]);
  const { good, seconds: took } = await load({ port: contenders.ports[name], connections, seconds }, contenders);
  return { rate: good.count / took, cost: ((cpuOf(contenders.pids[name]) - before) / good.count) * 1e6 };
}

/** Seconds, all threads. */
function cpuOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const verdicts: boolean[] = [];
function judge(what: string, isMet: boolean, goal: string): void {
  verdicts.push(isMet);
  console.log(`${what}; goal ${goal}: ${isMet ? "met" : "MISSED"}`);
}

async function throughput(contenders: Contenders): Promise<Readonly<Record<Name, number>>> {
  const all: Record<Name, Round[]> = { gwl: [], "bare node:http": [], fastify: [] };
  for (const name of names) await warmUp(contenders.ports[name], contenders);
  for (let at = 0; at < rounds; at++) for (const name of names) all[name].push(await round(name, contenders));
  const peak = { gwl: 0, "bare node:http": 0, fastify: 0 };
  for (const name of names) {
    peak[name] = median(all[name].map(({ rate }) => rate));
    const cost = median(all[name].map((one) => one.cost));
    console.log(`${name}: ${peak[name].toFixed(0)} calls a second, ${cost.toFixed(1)} µs of CPU a call`);
  }
  const ratio = (other: Name, of: (ours: Round, theirs: Round) => number): number =>
    median(all[other].flatMap((theirs, at) => all.gwl.slice(at, at + 1).map((ours) => of(ours, theirs))));
  for (const [other, goal] of [
    ["bare node:http", goals.ofBare],
    ["fastify", goals.ofFastify],
  ] as const) {
    const [byRate, byCost] = [
      ratio(other, (ours, theirs) => ours.rate / theirs.rate),
      ratio(other, (ours, theirs) => theirs.cost / ours.cost),
    ];
    judge(`throughput: ${byRate.toFixed(2)} of ${other} (${byCost.toFixed(2)} by CPU time)`, byRate >= goal, `at least ${goal}`);
  }
  return peak;
}

/** Beside calls that go to the backend itself, at the same rate. */
async function latency(contenders: Contenders, peak: Readonly<Record<Name, number>>): Promise<void> {
  const added: Record<Name, (readonly [p50: number, p99: number])[]> = { gwl: [], "bare node:http": [], fastify: [] };
  for (let at = 0; at < rounds; at++)
    for (const name of names) {
      const how = { connections: 256, seconds, rate: peak[name] * 0.6 };
      const direct = (await load({ ...how, port: contenders.ports.backend }, contenders)).good;
      const through = (await load({ ...how, port: contenders.ports[name] }, contenders)).good;
      added[name].push([through.p50 - direct.p50, through.p99 - direct.p99]);
    }
  for (const name of names) {
    const [p50, p99] = [median(added[name].map((one) => one[0])), median(added[name].map((one) => one[1]))];
    const what = `${name} adds at 60 % of its peak p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
    if (name === "gwl") judge(what, p50 < goals.p50 && p99 < goals.p99, `under ${goals.p50} and ${goals.p99} ms`);
    else console.log(what);
  }
}

/** Three times the peak of the moment before, over many connections, again and again: what the machine can do changes within minutes. */
async function overload(contenders: Contenders): Promise<void> {
  const all: { readonly goodput: number; readonly sent: number; readonly shed: LoadTold["shed"] }[] = [];
  for (let at = 0; at < overloads; at++) {
    const peak = (await round("gwl", contenders)).rate;
    const {
      good,
      shed,
      seconds: took,
    } = await load({ port: contenders.ports.gwl, connections: 1_000, seconds: 5, rate: 3 * peak }, contenders);
    all.push({ goodput: good.count / took / peak, sent: (good.count + shed.count) / took / peak, shed });
  }
  const goodput = median(all.map((one) => one.goodput));
  const shed = all.filter((one) => one.shed.count > 0).map((one) => one.shed.p99);
  const shedP99 = shed.length === 0 ? 0 : median(shed);
  judge(
    `three times as many calls as its peak (${median(all.map((one) => one.sent)).toFixed(1)} times were answered): goodput ${(goodput * 100).toFixed(0)} % of it, shed ones in ${shed.length} of ${overloads} rounds, p99 ${shedP99.toFixed(1)} ms`,
    goodput >= goals.goodput && shedP99 < goals.shed,
    `at least ${goals.goodput * 100} %, under ${goals.shed} ms`,
  );
}

try {
  await withContenders(async (contenders) => {
    await latency(contenders, await throughput(contenders));
    await overload(contenders);
  });
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  client.disconnect();
}
