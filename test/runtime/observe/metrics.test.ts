/** Figures of calls: what is counted under which names, and that those of several processes add up. */
import { describe, expect, test } from "vitest";
import type { Decision } from "../../../runtime/contract/gateway.ts";
import { prometheus } from "../../../runtime/hosts/node/observe/prometheus.ts";
import type { CallRecord } from "../../../runtime/observe/call-record.ts";
import type { Family } from "../../../runtime/observe/metrics/families.ts";
import { type Metrics, metrics } from "../../../runtime/observe/metrics/metrics.ts";

const measured = {
  gateway: "shop",
  stage: "prod",
  routes: [{ key: "GET /orders/{id}", api: "orders", version: 2 }, { key: "GET /hello" }],
  callers: ["Customer", "Partner and Mtls"],
  limits: [
    { key: "7", name: "route-throttle", kind: "throttle" },
    { key: "9", name: "gold-quota", kind: "quota", plan: "gold" },
  ],
} as const;
const started = (): Metrics => metrics(measured, { buckets: [0.01, 0.1] });

type Told = Partial<Omit<CallRecord, "outcome">> & { readonly decision?: Partial<Decision> };

function record({ decision, ...told }: Told): CallRecord {
  const whole = { effect: "allow", cause: "rule", rules: [], parameters: {}, ...decision } as const;
  const outcome = {
    requestId: "1",
    client: "192.0.2.1",
    decision: whole,
    answer: { kind: "local", status: 200, headers: [], body: "" },
  } as const;
  return {
    time: 0,
    id: "1",
    client: "192.0.2.1",
    method: "GET",
    target: "/",
    httpVersion: "1.1",
    rawHeaders: [],
    status: 200,
    outcome,
    duration: 20,
    backendTime: 0,
    bytesIn: 0,
    bytesOut: 0,
    isCut: false,
    notes: {},
    ...told,
  };
}

async function lines(all: readonly (readonly Family[])[], name: string): Promise<readonly string[]> {
  const { text } = await prometheus.exposition(all);
  return text.split("\n").filter((line) => line.startsWith(name));
}

describe("figures of calls", () => {
  test("are told apart by route, caller and status, all of them words of the program", async () => {
    const counted = started();
    const and = [{ identity: "Mtls", id: "x", claims: {} }];
    const principal = { identity: "Partner", id: "somebody's name", claims: {}, and };
    counted.ended(record({ decision: { route: "GET /orders/{id}", principal } }));
    counted.ended(record({ decision: { route: "GET /not of this program" }, status: 404 }));
    expect(await lines([counted.families()], "gwl_requests_total{")).toEqual([
      'gwl_requests_total{gateway="shop",stage="prod",api="orders",route="GET /orders/{id}",version="2",principal="Partner and Mtls",status="200"} 1',
      'gwl_requests_total{gateway="shop",stage="prod",api="",route="",version="",principal="none",status="404"} 1',
    ]);
  });

  test("of time are split into gateway, authorizer and backend", async () => {
    const counted = started();
    const phases = { authenticate: 2, decide: 32 };
    counted.ended(record({ decision: { route: "GET /hello" }, backend: "orders", duration: 200, backendTime: 150, phases }));
    const sums = await lines([counted.families()], "gwl_");
    const at = '{gateway="shop",stage="prod",api="",route="GET /hello",version=""';
    expect(sums.filter((line) => line.includes("_seconds_sum"))).toEqual([
      `gwl_request_duration_seconds_sum${at}} 0.2`,
      `gwl_gateway_duration_seconds_sum${at}} 0.02`,
      `gwl_authorizer_duration_seconds_sum${at}} 0.03`,
      `gwl_backend_duration_seconds_sum${at},backend="orders"} 0.15`,
    ]);
    expect(sums.filter((line) => line.startsWith("gwl_backend_duration_seconds_bucket"))).toEqual(
      [
        ["0.01", 0],
        ["0.1", 0],
        ["+Inf", 1],
      ].map(([le, count]) => `gwl_backend_duration_seconds_bucket{le="${le}",${at.slice(1)},backend="orders"} ${count}`),
    );
  });

  test("say what parts of the host noted, and nothing of what none did", async () => {
    const counted = started();
    counted.ended(record({ decision: { route: "GET /hello" }, backend: "orders", notes: { attempts: 3 } }));
    expect(await lines([counted.families()], "gwl_backend_retries_total{")).toEqual([
      'gwl_backend_retries_total{gateway="shop",stage="prod",backend="orders"} 2',
    ]);
    expect(counted.families().map(({ name }) => name)).not.toContain("gwl_mirrored_requests_total");
  });
});

describe("figures of limits", () => {
  test("name each limit that refused, and its plan", async () => {
    const counted = started();
    const refused = { effect: "deny", route: "GET /hello" } as const;
    counted.ended(record({ decision: { ...refused, cause: "throttled", rules: ["7", "9"] }, status: 429 }));
    counted.ended(record({ decision: { ...refused, cause: "quota-exceeded", rules: ["9"] }, status: 429 }));
    // A rule, not a limit.
    counted.ended(record({ decision: { ...refused, cause: "rule", rules: ["8"] }, status: 403 }));
    const at = 'gateway="shop",stage="prod",api="",route="GET /hello",version=""';
    expect(await lines([counted.families()], "gwl_limit_refusals_total{")).toEqual([
      `gwl_limit_refusals_total{${at},limit="route-throttle",kind="throttle",plan=""} 1`,
      `gwl_limit_refusals_total{${at},limit="gold-quota",kind="quota",plan="gold"} 2`,
    ]);
  });
});

describe("figures of releases", () => {
  test("count calls and errors of each side", async () => {
    const counted = started();
    const to = (side: string, status: number): void =>
      counted.ended(record({ decision: { route: "GET /hello" }, status, notes: { release: { name: "next", side } } }));
    for (const status of [200, 404, 502, 0]) to("new", status);
    to("old", 200);
    const always = 'gateway="shop",stage="prod",release="next"';
    expect(await lines([counted.families()], "gwl_release_")).toEqual([
      `gwl_release_requests_total{${always},side="new"} 4`,
      `gwl_release_requests_total{${always},side="old"} 1`,
      `gwl_release_errors_total{${always},side="new"} 2`,
      `gwl_release_errors_total{${always},side="old"} 0`,
    ]);
  });
});

describe("figures of the host", () => {
  test("follow connections, breakers and targets", async () => {
    const counted = started();
    for (const kind of ["connection-opened", "connection-opened", "connection-closed"] as const) counted.happened({ kind, door: "" });
    for (const state of ["open", "half-open"] as const) counted.happened({ kind: "breaker", backend: "orders", state });
    const families = [counted.families()];
    const always = 'gateway="shop",stage="prod"';
    expect(await lines(families, "gwl_connections")).toEqual([
      `gwl_connections{${always},entry=""} 1`,
      `gwl_connections_opened_total{${always},entry=""} 2`,
    ]);
    expect(await lines(families, "gwl_breaker_state{")).toEqual([
      `gwl_breaker_state{${always},backend="orders",state="closed"} 0`,
      `gwl_breaker_state{${always},backend="orders",state="half-open"} 1`,
      `gwl_breaker_state{${always},backend="orders",state="open"} 0`,
    ]);
  });

  test("of several processes add up", async () => {
    const [one, other] = [started(), started()];
    for (const counted of [one, one, other]) {
      counted.begun();
      counted.ended(record({ decision: { route: "GET /hello" } }));
    }
    other.begun();
    const process = prometheus.measureProcess();
    const all = [
      [...one.families(), ...(await process())],
      [...other.families(), ...(await process())],
    ];
    const at = '{gateway="shop",stage="prod",api="",route="GET /hello",version=""';
    expect(await lines(all, "gwl_requests_total{")).toEqual([`gwl_requests_total${at},principal="none",status="200"} 3`]);
    expect(await lines(all, "gwl_request_duration_seconds_count")).toEqual([`gwl_request_duration_seconds_count${at}} 3`]);
    expect(await lines(all, "gwl_requests_in_flight{")).toEqual(['gwl_requests_in_flight{gateway="shop",stage="prod"} 1']);
    expect(await lines(all, "gwl_gateway_info{")).toEqual(['gwl_gateway_info{gateway="shop",stage="prod"} 1']);
    expect(await lines(all, "process_start_time_seconds")).toHaveLength(1);
  });
});
