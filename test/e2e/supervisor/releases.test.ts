/** A release ends by itself when the next version fails, in all workers; the log tells both sides apart, and who calls what will go. */
import { expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { buildBundle } from "../../figures/two-versions.ts";
import { call, endOf } from "../shop/gateway-process.ts";
import { eventsOf, told, twoVersions } from "./supervised.ts";

const two = twoVersions();

const SOURCE = `gwl 1

env BACKEND: Url
gateway shop { listen 0 }
backend good = http { targets: [BACKEND] }
backend broken = http { targets: ["http://127.0.0.1:1"] }

GET "/{rest: Rest}" -> good {
  public because "an example"
  deprecated since 2026-01-31 see "/docs"
}
release next { good -> broken, share 100%, stop above 20% of 10 }
`;

test("a next version that fails is left by all workers, and the log says why", async () => {
  const supervised = await two.start({ WORKERS: "2" }, buildBundle(two.scratch(), "shop", SOURCE));
  const statuses: number[] = [];
  for (let at = 0; at < 20; at++) statuses.push((await call(supervised.port, `GET /call-${at}`)).status);
  // Between the end in one worker and that in the other a call may still fail.
  const failed = statuses.filter((status) => status === 502).length;
  expect(failed).toBeGreaterThanOrEqual(3);
  expect(failed).toBeLessThanOrEqual(6);
  expect(statuses.slice(-10)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await told(supervised, "release-stopped")).toMatchObject({ release: "next", failed: 3, of: 10 });
  await until(() => supervised.gateway.out.includes('"path":"/call-19"'));
  const lines = supervised.gateway.out
    .split("\n")
    .flatMap((line) => (line.includes('"path"') ? [JSON.parse(line) as Record<string, unknown>] : []));
  const sides = lines.map(({ status, release, deprecated }) => [status, release, deprecated]);
  expect(sides.filter(([status]) => status === 502)).toEqual(
    Array.from({ length: failed }, () => [502, { name: "next", side: "broken" }, true]),
  );
  expect(sides.at(-1)).toEqual([200, { name: "next", side: "good" }, true]);
  supervised.gateway.child.kill("SIGTERM");
  await endOf(supervised.gateway);
  const counted = eventsOf(supervised, "deprecated-calls").flatMap(
    ({ calls }) => calls as readonly { readonly route: string; readonly calls: number }[],
  );
  expect(counted.reduce((sum, { calls }) => sum + calls, 0)).toBe(20);
  expect(new Set(counted.map(({ route }) => route))).toEqual(new Set(["GET /{rest: Rest}"]));
});
