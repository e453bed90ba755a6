/**
 * What a decision costs in a small and in a large gateway, in one run, in turn. Requests are fresh strings, addresses lie in and
 * around the networks, every answer is checked. "In hand": the token counts as verified, so that its cost does not hide the decision's.
 */
import { compile } from "../../compiler/index.ts";
import type { Gateway } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { World } from "../../runtime/contract/world.ts";
import { startProgramWith } from "../emit/compiled.ts";
import { memoryHost } from "../harness/memory-host.ts";
import { type LargeGateway, largeGateway, type Size } from "./large-gateway.ts";
import { median } from "./measure.ts";
import type { BenchRow } from "./row.ts";
import { testWorld } from "../harness/world.ts";

const SMALL: Size = { routes: 20, policies: 10, rules: 10, networks: 10 };
const LARGE: Size = { routes: 1000, policies: 50, rules: 1000, networks: 10_000 };
const ROUNDS = 41;
const PER_ROUND = 5000;

type Subject = { readonly gateway: Gateway; readonly requests: (round: number) => readonly GatewayRequest[] };

export async function decisionBench(): Promise<readonly BenchRow[]> {
  const [small, large] = [await subject(SMALL), await subject(LARGE)];
  const ratios: number[] = [];
  const costs: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const a = await cost(small, round);
    const b = await cost(large, round);
    if (round < 5) continue;
    costs[0].push(a);
    costs[1].push(b);
    ratios.push(b / a);
  }
  const ratio = median(ratios);
  const shown = `${(median(costs[0]) / 1000).toFixed(2)} µs and ${(median(costs[1]) / 1000).toFixed(2)} µs: ${ratio.toFixed(2)} times`;
  return [
    {
      what: "decision at 20 routes, 10 rules, 10 networks and at 1,000, 1,000, 10,000",
      measured: shown,
      goal: "at most 2 times",
      isMet: ratio <= 2,
    },
  ];
}

const world: World = {
  ...testWorld(),
  now: () => 1_780_000_000_000,
  requestId: () => "0".repeat(32),
  verify: () => true,
  keySet: () => Promise.resolve(undefined),
};

async function subject(size: Size): Promise<Subject> {
  const made = largeGateway(size);
  const host = memoryHost(Object.fromEntries(Object.entries(made.files).map(([path, text]) => [`/bench/${path}`, text])));
  const { value, diagnostics } = await compile(`/bench/${made.main}`, host, "check");
  if (diagnostics.some((found) => found.severity === "error"))
    throw new Error(`the gateway of the bench has errors: ${diagnostics[0]?.message}`);
  const verified = {
    ok: true,
    principal: { identity: "Customer", id: "u1", claims: { groups: claimedGroups(made), tenant: "t1", level: 9 } },
  } as const;
  const started = startProgramWith(value.program, { jwtIdentity: () => ({ verify: () => verified, challenge: () => "Bearer" }) })({
    stage: undefined,
    variables: { KEY: "0".repeat(64) },
  });
  if ("problems" in started) throw new Error(started.problems.join("; "));
  return { gateway: started.gateway, requests: (round) => requestsOf(made, round) };
}

/** A caller is in a few of the groups. */
function claimedGroups({ groups }: LargeGateway): readonly string[] {
  return Array.from({ length: 5 }, (_, index) => groups[Math.floor((index * groups.length) / 5)] ?? "");
}

function requestsOf({ paths }: LargeGateway, round: number): readonly GatewayRequest[] {
  return Array.from({ length: PER_ROUND }, (_, index) => {
    const number = (round * PER_ROUND + index) * 2_654_435_761;
    const path = paths[number % paths.length] ?? "/";
    return {
      method: "GET",
      target: Buffer.from(path).toString("latin1"),
      httpVersion: "1.1",
      rawHeaders: ["Host", "api.example", "User-Agent", "bench", "Accept", "*/*", "Authorization", "Bearer a.b.c"],
      peer: `${1 + (number % 223)}.${(number >>> 8) & 255}.${(number >>> 16) & 255}.${(number >>> 3) & 255}`,
      secure: false,
      readBody: () => Promise.resolve({ kind: "incomplete" }),
    };
  });
}

/** Nanoseconds a decision. */
async function cost({ gateway, requests }: Subject, round: number): Promise<number> {
  const asked = requests(round);
  let decided = 0;
  const started = process.hrtime.bigint();
  for (const request of asked) {
    const { decision } = await gateway.handle(request, world);
    if (decision.cause === "rule" || decision.cause === "default") decided++;
  }
  const spent = Number(process.hrtime.bigint() - started);
  if (decided !== asked.length) throw new Error(`${asked.length - decided} requests of the bench did not come to the rules`);
  return spent / asked.length;
}
