/** A real Prometheus scrapes a built gateway, and its own tools judge what they are told. */
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { debianProgram } from "../../harness/debian-program.ts";
import { freePorts, type Running, runningGateway, textAt } from "./built-gateway.ts";

const GATEWAY = `gwl 1

env OWN: Int 0..65535
env OBSERVE: Int 0..65535
env ORDERS: Url

secret USERS: UserStore
identity Customer = basic(USERS)

backend orders = http { targets: [ORDERS], timeout: 2s }

gateway shop {
  listen OWN
  observe { listen OBSERVE }
  metrics
}

api orders at "/orders" version 2 {
  GET "/" -> orders { public because "an example" }
  GET "/slow" -> orders { public because "an example" }
  GET "/mine" -> orders { accept Customer, allow }
}
GET "/hello" { public because "an example", respond 200 "hello" }
GET "/closed" { public because "an example", deny when method == GET because "nobody", respond 200 }
`;

/** No user has a password that anybody knows. */
const USERS = JSON.stringify({ users: [] });

async function backend(): Promise<string> {
  const server = createServer((request, response) =>
    setTimeout(() => response.end("0123456789"), request.url === "/orders/slow" ? 150 : 0),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const WANTED = [
  ...Array.from({ length: 7 }, () => "/hello"),
  ...Array.from({ length: 5 }, () => "/orders"),
  ...Array.from({ length: 3 }, () => "/orders/slow"),
  "/closed",
  "/closed",
  "/orders/mine",
  "/nowhere",
  "/nowhere/else?with=this",
];

async function traffic(): Promise<Running> {
  const running = await runningGateway(GATEWAY, { ORDERS: await backend(), USERS });
  for (const path of WANTED) await textAt(running.port, path);
  return running;
}

async function prometheus(running: Running): Promise<(query: string) => Promise<Readonly<Record<string, number>>>> {
  const [port = 0] = await freePorts(1);
  const config = join(running.folder, "prometheus.yml");
  const data = join(running.folder, "data");
  mkdirSync(data);
  writeFileSync(
    config,
    `global: { scrape_interval: 200ms, scrape_timeout: 200ms }\nscrape_configs:\n  - job_name: gateway\n    static_configs: [{ targets: ["127.0.0.1:${running.observe}"] }]\n`,
  );
  execFileSync(debianProgram("promtool", "prometheus"), ["check", "config", config], { stdio: "ignore" });
  const words = [`--config.file=${config}`, `--storage.tsdb.path=${data}`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn(debianProgram("prometheus", "prometheus"), words, { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  type Told = {
    readonly data: { readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[] };
  };
  return async (query) => {
    const { data: told } = (await (await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`)).json()) as Told;
    return Object.fromEntries(told.result.map(({ metric, value }) => [Object.values(metric).sort().join(" "), Number(value[1])]));
  };
}

describe("figures", () => {
  test("are what `promtool check metrics` wants, and come to a real Prometheus, whose answers are right", async () => {
    const running = await traffic();
    const text = await textAt(running.observe, "/metrics");
    expect(execFileSync(debianProgram("promtool", "prometheus"), ["check", "metrics"], { input: text, encoding: "utf8" })).toBe("");
    expect(text).not.toContain("nowhere");
    const ask = await prometheus(running);
    const deadline = Date.now() + 30_000;
    let requests: Readonly<Record<string, number>> = {};
    while (Object.keys(requests).length === 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      requests = await ask("sum by (route, status) (gwl_requests_total)").catch(() => ({}));
    }
    expect(requests).toEqual({
      "200 GET /hello": 7,
      "200 GET /orders": 5,
      "200 GET /orders/slow": 3,
      "403 GET /closed": 2,
      "401 GET /orders/mine": 1,
      "404": 2,
    });
    expect(await ask("sum by (cause) (gwl_refusals_total)")).toEqual({ rule: 2, unauthenticated: 1, "no-route": 2 });
    expect(await ask("sum by (api, version) (gwl_requests_total{api!=''})")).toEqual({ "2 orders": 9 });
    expect(await ask("sum by (route) (gwl_response_body_bytes_total{route=~'GET /orders.*',route!='GET /orders/mine'})")).toEqual({
      "GET /orders": 50,
      "GET /orders/slow": 30,
    });
    expect(await ask("sum by (backend) (gwl_backend_duration_seconds_count)")).toEqual({ orders: 8 });
    expect(await ask("sum(gwl_requests_in_flight)")).toEqual({ "": 0 });
    const slow = "gwl_backend_duration_seconds_bucket{route='GET /orders/slow'}";
    const [median = 0] = Object.values(await ask(`histogram_quantile(0.5, sum by (le) (${slow}))`));
    expect(median).toBeGreaterThan(0.1);
    expect(median).toBeLessThan(0.25);
    expect(await ask("count(gwl_authorizer_duration_seconds_count{route='GET /orders/mine'} == 1)")).toEqual({ "": 1 });
  });
});

describe("health", () => {
  test("says what is missing, and takes it back when it is there", async () => {
    const [free = 0] = await freePorts(1);
    const { observe, port } = await runningGateway(GATEWAY, { ORDERS: `http://127.0.0.1:${free}`, USERS });
    const asked = async (path: string): Promise<readonly [number, unknown]> => {
      const answer = await fetch(`http://127.0.0.1:${observe}${path}`);
      return [answer.status, await answer.json()];
    };
    expect(await asked("/-/live")).toEqual([200, { status: "live" }]);
    expect(await asked("/-/started")).toEqual([200, { status: "started" }]);
    const away = { kind: "backend", name: "orders", problem: "its target cannot be reached" };
    expect(await asked("/-/ready")).toEqual([503, { status: "not ready", checks: [away] }]);
    const server = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(free, "127.0.0.1", () => resolve()));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await asked("/-/ready")).toEqual([200, { status: "ready", checks: [{ kind: "backend", name: "orders" }] }]);
    expect((await fetch(`http://127.0.0.1:${port}/-/ready`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  });

  test("asks for the keys that others publish", async () => {
    const [free = 0] = await freePorts(1);
    const text = GATEWAY.replace(
      "gateway shop {",
      'identity Partner = jwt {\n  issuer: "https://partner.example"\n  audience: "shop"\n  algorithms: [ES256]\n  keys: url KEYS\n  claims { org: String }\n}\n\ngateway shop {',
    ).replace("accept Customer", "accept Customer or Partner");
    const { observe } = await runningGateway(`${text}\nenv KEYS: Url\n`, {
      ORDERS: await backend(),
      USERS,
      KEYS: `http://127.0.0.1:${free}/jwks`,
    });
    const answer = await fetch(`http://127.0.0.1:${observe}/-/ready`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      {
        status: "not ready",
        checks: [
          { kind: "backend", name: "orders" },
          { kind: "keys", name: "Partner", problem: "its keys cannot be had" },
        ],
      },
    ]);
  });

  test("is all that the door tells, and only to GET and HEAD", async () => {
    const { observe } = await runningGateway(GATEWAY, { ORDERS: "http://127.0.0.1:9", USERS });
    const at = `http://127.0.0.1:${observe}`;
    expect((await fetch(`${at}/hello`)).status).toBe(404);
    expect((await fetch(`${at}/-/live`, { method: "POST", body: "x" })).status).toBe(405);
    const head = await fetch(`${at}/metrics`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-type")).toContain("version=0.0.4");
  });
});
