/** `gwl dashboard`: what it writes is what Prometheus takes, names figures that there are, and wakes people when it should. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { debianProgram } from "../harness/debian-program.ts";
import { folderWith, gwl } from "./gwl.ts";

const SHOP = `gwl 1

secret USERS: UserStore
identity Customer = basic(USERS)
backend stock = http { targets: ["http://127.0.0.1:1"], breaker open at 50% errors over 10s }
backend stock_next = http { targets: ["http://127.0.0.1:2"] }
release next { stock -> stock_next, share 5%, stop above 20% of 50 }
network partners from "lists/partners.txt" reload every 10m
plan gold { throttle 10/s burst 20 }
secret KEYS: KeyStore
identity Partner = api_key(KEYS) { header: "X-Key", fields { plan: Plan } }

gateway shop {
  listen 8080
  observe { listen 9464 }
  metrics
  throttle 100/s burst 200 by client.ip
  deny when client.ip in partners because "an example"
}

api orders at "/orders" version 2 {
  GET "/" -> stock { accept Customer or Partner, allow }
  GET "/{id: String}" -> stock { public because "an example", cache 10s for everyone }
}
GET "/health" { public because "an example", respond 200 }
`;

type Dashboard = {
  readonly title: string;
  readonly panels: readonly { readonly id: number; readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
};

const promtool = (words: readonly string[]): string =>
  execFileSync(debianProgram("promtool", "prometheus"), [...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

async function written(): Promise<{ readonly cwd: string; readonly dashboard: Dashboard; readonly alerts: string }> {
  const cwd = folderWith({ "gateway.gwl": SHOP, "lists/partners.txt": "192.0.2.0/24\n" });
  const { code, err } = await gwl(["dashboard", "--out", "monitoring"], { cwd });
  expect([code, err]).toEqual([0, "wrote monitoring/shop.dashboard.json and monitoring/shop.alerts.yml\n"]);
  const read = (name: string): string => readFileSync(join(cwd, "monitoring", name), "utf8");
  return { cwd, dashboard: JSON.parse(read("shop.dashboard.json")) as Dashboard, alerts: read("shop.alerts.yml") };
}

const expressionsOf = ({ panels }: Dashboard): readonly string[] => panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

test("Prometheus takes the rules, and every query of the dashboard", async () => {
  const { cwd, dashboard } = await written();
  expect(promtool(["check", "rules", join(cwd, "monitoring/shop.alerts.yml")])).toContain("SUCCESS");
  const rules = expressionsOf(dashboard).map((expr, at) => `      - record: q:${at}\n        expr: ${JSON.stringify(expr)}`);
  const file = join(cwd, "queries.yml");
  writeFileSync(file, `groups:\n  - name: queries\n    rules:\n${rules.join("\n")}\n`);
  expect(promtool(["check", "rules", file])).toContain(`SUCCESS: ${rules.length} rules found`);
});

test("both name figures that the manual names, and every api and backend", async () => {
  const { dashboard, alerts } = await written();
  const manual = readFileSync(join(import.meta.dirname, "../../compiler/constructs/observe/metrics.md"), "utf8");
  const named = [...`${expressionsOf(dashboard).join("\n")}\n${alerts}`.matchAll(/\bgwl_\w+/g)].map(([name]) => name);
  const unknown = named.filter((name) => !manual.includes(`\`${name.replace(/_(?:bucket|count|sum)$/, "")}\``));
  expect([named.length > 20, unknown]).toEqual([true, []]);
  const titles = dashboard.panels.map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(["Api orders", "orders: time, p99", "stock: time", "Time of making callers known"]));
  expect(titles).toEqual(expect.arrayContaining(["Refused by limit", "Kept", "Errors by side", "Breakers", "Age"]));
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});

test("an api that fails and a gateway that is gone wake people, a good one does not", async () => {
  const { cwd } = await written();
  const series = (api: string, status: string): string =>
    `gwl_requests_total{gateway="shop",api="${api}",route="GET /${api}",version="2",principal="none",status="${status}"}`;
  const labels = (name: string, more: string): string => `{ severity: ${name}, gateway: shop${more} }`;
  expectAlerts(
    cwd,
    `
  - interval: 1m
    input_series:
      - { series: '${series("orders", "200")}', values: '0+80x30' }
      - { series: '${series("orders", "502")}', values: '0+20x30' }
      - { series: 'gwl_gateway_info{gateway="shop"}', values: '1x30' }
    alert_rule_test:
      - eval_time: 20m
        alertname: ApiErrors
        exp_alerts:
          - exp_labels: ${labels("warning", ", api: orders")}
            exp_annotations: { summary: "20% of the calls of the api orders are answered with 5xx, or not at all" }
      - { eval_time: 20m, alertname: GatewayAbsent, exp_alerts: [] }
  - interval: 1m
    input_series:
      - { series: '${series("orders", "200")}', values: '0+80x30' }
    alert_rule_test:
      - { eval_time: 20m, alertname: ApiErrors, exp_alerts: [] }
      - eval_time: 20m
        alertname: GatewayAbsent
        exp_alerts:
          - exp_labels: ${labels("critical", "")}
            exp_annotations: { summary: "nobody tells figures of the gateway shop" }
`,
  );
});

test("a list that is not read any more and a release that stopped wake people, also where the first figure says so", async () => {
  const { cwd } = await written();
  const read = 'gwl_list_read_timestamp_seconds{gateway="shop",network="partners"}';
  const stopped = 'gwl_releases_stopped_total{gateway="shop",release="next"}';
  const internal = 'gwl_faults_total{gateway="shop",api="",route="",version="",backend="",fault="internal"}';
  const stale = `{ severity: warning, gateway: shop, network: partners }`;
  const summary = "the list of partners was not read for more than 1800s, which is three times as long as the program says";
  // Read all the time for an hour, then no more; and one that was never read.
  expectAlerts(
    cwd,
    `
  - interval: 1m
    input_series:
      - { series: '${read}', values: '0+60x60 3600x60' }
    alert_rule_test:
      - { eval_time: 80m, alertname: ListStale, exp_alerts: [] }
      - eval_time: 100m
        alertname: ListStale
        exp_alerts: [{ exp_labels: ${stale}, exp_annotations: { summary: "${summary}" } }]
  - interval: 1m
    input_series:
      - { series: '${read}', values: '0x60' }
      - { series: '${stopped}', values: '_x9 1x200' }
      - { series: '${internal}', values: '_x9 1x90' }
    alert_rule_test:
      - { eval_time: 8m, alertname: ReleaseStopped, exp_alerts: [] }
      - eval_time: 20m
        alertname: ReleaseStopped
        exp_alerts:
          - exp_labels: { severity: warning, gateway: shop, release: next }
            exp_annotations: { summary: "the release next has stopped by itself: too many calls to the next version failed" }
      - eval_time: 12m
        alertname: GatewayInternalFaults
        exp_alerts:
          - exp_labels: { severity: critical, gateway: shop }
            exp_annotations: { summary: "something happened in the gateway that must not: see its log of faults" }
      - { eval_time: 25m, alertname: GatewayInternalFaults, exp_alerts: [] }
      - { eval_time: 100m, alertname: ReleaseStopped, exp_alerts: [] }
      - { eval_time: 30m, alertname: ListStale, exp_alerts: [] }
      - eval_time: 40m
        alertname: ListStale
        exp_alerts: [{ exp_labels: ${stale}, exp_annotations: { summary: "${summary}" } }]
`,
  );
});

test("a gateway without figures is told so", async () => {
  const cwd = folderWith({ "gateway.gwl": SHOP.replace("  metrics\n", ""), "lists/partners.txt": "192.0.2.0/24\n" });
  const { code, err } = await gwl(["dashboard"], { cwd });
  expect([code, err]).toEqual([0, expect.stringContaining("shop counts nothing yet: say `metrics`")]);
});

/** `tests`: of `promtool test rules`, against the rules that were written. */
function expectAlerts(cwd: string, tests: string): void {
  const file = join(cwd, "monitoring/unit.yml");
  writeFileSync(file, `rule_files: [shop.alerts.yml]\nevaluation_interval: 1m\ntests:${tests}`);
  expect(promtool(["test", "rules", file])).toContain("SUCCESS");
}
