/** Figures of several workers: whichever is asked, all are told, and what was counted stays counted when a worker ends. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { runningGateway, textAt } from "./built-gateway.ts";

const GATEWAY = `gwl 1

env OWN: Int 0..65535
env OBSERVE: Int 0..65535

gateway shop {
  listen OWN
  observe { listen OBSERVE }
  metrics
}

GET "/hello" { public because "an example", respond 200 "hello" }
`;

const count = async (port: number): Promise<number> =>
  Number(/^gwl_requests_total\{.*route="GET \/hello".*\} (\d+)$/m.exec(await textAt(port, "/metrics"))?.[1] ?? 0);

describe("figures of three workers", () => {
  test("add up at each scrape, and do not shrink when a worker is killed", async () => {
    const { port, observe, gateway } = await runningGateway(GATEWAY, { WORKERS: "3" });
    const call = async (): Promise<void> => {
      await (await fetch(`http://127.0.0.1:${port}/hello`, { headers: { connection: "close" } })).text();
    };
    for (let at = 0; at < 30; at++) await call();
    const scrapes = [await count(observe), await count(observe), await count(observe)];
    expect(scrapes).toEqual([30, 30, 30]);
    const pids = workerPids(gateway.child.pid ?? 0);
    expect(pids).toHaveLength(3);
    process.kill(pids[0] ?? 0, "SIGKILL");
    await until(() => gateway.out.includes("worker-ended"));
    expect(await count(observe)).toBe(30);
    for (let at = 0; at < 6; at++) await call();
    expect(await count(observe)).toBe(36);
  });
});

function workerPids(parent: number): readonly number[] {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ").map(Number);
}
