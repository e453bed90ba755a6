/** Figures of limits, of answers that are kept and of releases, as a built gateway tells them, and what Prometheus' own tool says of them. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { debianProgram } from "../../harness/debian-program.ts";
import { httpBackend, portOf } from "../../runtime/hosts/served.ts";
import { runningGateway, textAt } from "./built-gateway.ts";

const KIB = 1024;
const KEY = "a-key-of-a-partner".padEnd(40, "0");
const GATEWAY = `gwl 1
env OWN: Int 0..65535
env OBSERVE: Int 0..65535
env UP: Url
env NEXT: Url
secret PARTNERS: KeyStore
plan bronze { quota 1/week }
identity Partner = api_key(PARTNERS) { header: "X-Partner", fields { plan: Plan } }
backend old = http { targets: [UP], timeout: 5s }
backend next = http { targets: [NEXT], timeout: 5s }
release canary { old -> next, when (header("x-next") ?? "no") == "yes" }
gateway shop {
  listen OWN
  observe { listen OBSERVE }
  metrics
}
GET "/rare" { public because "a test", throttle 1/h burst 1, respond 200 }
GET "/slow" -> old { public because "a test", concurrency 1 }
GET "/mine" { accept Partner, allow, quota 1/day by principal.id, respond 200 }
GET "/kept/{name}" -> old { public because "a test", cache 1h for everyone { max_body: 1MiB } }
PUT "/kept/{name}" -> old { public because "a test" }
GET "/{path: Rest}" -> old { public because "a test" }
`;

test("say which limit refused, which side of a release a call went to, and what is kept", async () => {
  const server = await httpBackend(({ url = "", method }, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    if (url === "/slow") setTimeout(() => response.end(), 300);
    else response.end(method === "GET" && url.startsWith("/kept") ? Buffer.alloc(400 * KIB) : "small");
  });
  const broken = await httpBackend((_request, response) => response.writeHead(502).end());
  onTestFinished(() => [server, broken].forEach((one) => one.close()));
  const sha256 = createHash("sha256").update(KEY).digest("hex");
  const PARTNERS = JSON.stringify({ keys: [{ id: "p1", sha256, fields: { plan: "bronze" } }] });
  const at = (one: typeof server): string => `http://127.0.0.1:${portOf(one)}`;
  const variables = { UP: at(server), NEXT: at(broken), PARTNERS, CACHE_MIB: "1" };
  const { port, observe } = await runningGateway(GATEWAY, variables);
  const call = async (path: string, method = "GET", headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect([await call("/rare"), await call("/rare"), await call("/rare")]).toEqual([200, 429, 429]);
  const partner = { "x-partner": KEY };
  expect([await call("/mine", "GET", partner), await call("/mine", "GET", partner)]).toEqual([200, 429]);
  expect((await Promise.all([call("/slow"), call("/slow")])).toSorted()).toEqual([200, 429]);
  expect([await call("/a"), await call("/b"), await call("/c", "GET", { "x-next": "yes" })]).toEqual([200, 200, 502]);
  // Two fit into a mebibyte, the third one pushes the first one out.
  for (const name of ["one", "one", "two", "three"]) expect(await call(`/kept/${name}`)).toBe(200);
  expect(await call("/kept/three", "PUT")).toBe(200);

  const text = await textAt(observe, "/metrics");
  expect(execFileSync(debianProgram("promtool", "prometheus"), ["check", "metrics"], { input: text, encoding: "utf8" })).toBe("");
  const told = (name: string): readonly string[] =>
    text
      .split("\n")
      .filter((line) => line.startsWith(`${name}{`))
      .map((line) => line.slice(name.length).replace('gateway="shop",', "").replace('api="",', "").replace(',version=""', ""));
  expect(told("gwl_limit_refusals_total")).toEqual([
    '{route="GET /rare",limit="route-throttle",kind="throttle",plan=""} 2',
    '{route="GET /mine",limit="bronze-quota",kind="quota",plan="bronze"} 1',
    '{route="GET /mine",limit="route-quota",kind="quota",plan=""} 1',
    '{route="GET /slow",limit="route-concurrency",kind="concurrency",plan=""} 1',
  ]);
  expect(told("gwl_release_requests_total").toSorted()).toEqual(['{release="canary",side="next"} 1', '{release="canary",side="old"} 8']);
  expect(told("gwl_release_errors_total").toSorted()).toEqual(['{release="canary",side="next"} 1', '{release="canary",side="old"} 0']);
  expect(told("gwl_cache_requests_total")).toEqual([
    '{route="GET /kept/{name}",result="miss"} 3',
    '{route="GET /kept/{name}",result="hit"} 1',
  ]);
  expect(told("gwl_cache_answers")).toEqual(['{route="GET /kept/{name}"} 1']);
  const [bytes = 0, answers, evicted, dropped] = ["bytes", "answers", "evictions_total", "drops_total"].map((name) =>
    Number(told(`gwl_cache_${name}`)[0]?.split(" ").at(-1)),
  );
  expect([answers, evicted, dropped]).toEqual([1, 1, 1]);
  expect(bytes).toBeGreaterThan(400 * KIB);
  expect(bytes).toBeLessThan(402 * KIB);
});
