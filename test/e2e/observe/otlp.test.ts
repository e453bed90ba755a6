/** A collector's end: a real HTTP server that takes OTLP, and hears of calls, their phases and the backend's call. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { endOf } from "../shop/gateway-process.ts";
import { runningGateway } from "./built-gateway.ts";

const GATEWAY = `gwl 1

env OWN: Int 0..65535
env OBSERVE: Int 0..65535
env ORDERS: Url
env COLLECTOR: Url

secret USERS: UserStore
identity Customer = basic(USERS)
backend orders = http { targets: [ORDERS] }

gateway shop {
  listen OWN
  observe { listen OBSERVE }
  metrics { otlp: COLLECTOR, every: 1s, buckets: [10ms, 100ms] }
  traces { share: 100%, otlp: COLLECTOR }
  trust traces 127.0.0.0/8
}

api orders at "/orders" version 2 {
  GET "/{id: String}" -> orders { public because "an example" }
  GET "/{id: String}/mine" -> orders { accept Customer, allow }
  GET "/{id: String}/page" {
    public because "an example"
    compose {
      order: GET "/kept/{id}" -> orders returns { number: Int }
      bill: GET "/bills/{id}" -> orders returns { number: Int }
      advice: GET "/advice" -> orders returns { number: Int } optional
    }
  }
}
`;

/** As the protocol's JSON form has it (opentelemetry-proto, JSON Protobuf encoding): ids in hex, 64-bit numbers as texts. */
type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
type OtlpSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number };
};
type Resource = { readonly attributes: readonly Attribute[] };
type TraceRequest = {
  readonly resourceSpans: readonly {
    readonly resource: Resource;
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
};
type Point = {
  readonly attributes: readonly Attribute[];
  readonly asDouble?: number;
  readonly count?: number;
  readonly bucketCounts?: readonly number[];
};
type MetricRequest = {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum?: { readonly isMonotonic: boolean; readonly aggregationTemporality: number; readonly dataPoints: readonly Point[] };
        readonly histogram?: { readonly dataPoints: readonly Point[] };
      }[];
    }[];
  }[];
};

type Collector = { readonly url: string; readonly traces: TraceRequest[]; readonly metrics: MetricRequest[]; readonly texts: string[] };

async function listening(answer: (request: IncomingMessage, body: string) => string): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(answer(request, body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function collector(): Promise<Collector> {
  const heard = { traces: [] as TraceRequest[], metrics: [] as MetricRequest[], texts: [] as string[] };
  const url = await listening((request, body) => {
    heard.texts.push(body);
    if (request.url === "/v1/traces") heard.traces.push(JSON.parse(body) as TraceRequest);
    if (request.url === "/v1/metrics") heard.metrics.push(JSON.parse(body) as MetricRequest);
    return "{}";
  });
  return { url, ...heard };
}

const spansOf = ({ traces }: Collector): readonly OtlpSpan[] =>
  traces.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));

const plain = (attributes: readonly Attribute[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";

describe("OTLP", () => {
  test("a collector hears of a call, its phases and its backend, in the caller's trace", async () => {
    const heard = await collector();
    let seen: IncomingMessage["headers"] = {};
    const orders = await listening((request) => {
      seen = request.headers;
      return "{}";
    });
    const { port, gateway } = await runningGateway(GATEWAY, { ORDERS: orders, COLLECTOR: heard.url, USERS: '{"users":[]}' });
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: "congo=t61rcWkgMzE" };
    const answer = await fetch(`http://127.0.0.1:${port}/orders/jane@example.com?secret=1`, { headers });
    expect(answer.status).toBe(200);
    await fetch(`http://127.0.0.1:${port}/orders/1/mine`, { headers: { traceparent: `00-${TRACE}-${PARENT}-00` } });
    await until(() => spansOf(heard).length >= 4);

    const spans = spansOf(heard);
    const [server] = spans.filter(({ kind }) => kind === 2);
    const [client] = spans.filter(({ kind }) => kind === 3);
    expect(server).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, name: "GET /orders/{id}", traceState: "congo=t61rcWkgMzE" });
    expect(plain(server?.attributes ?? [])).toMatchObject({
      "http.request.method": "GET",
      "http.route": "/orders/{id}",
      "http.response.status_code": 200,
      "gwl.effect": "allow",
      "gwl.request_id": answer.headers.get("x-request-id"),
    });
    expect(client).toMatchObject({ traceId: TRACE, parentSpanId: server?.spanId, name: "GET" });
    expect(seen["traceparent"]).toBe(`00-${TRACE}-${client?.spanId}-01`);
    expect(seen["tracestate"]).toBe("congo=t61rcWkgMzE");
    expect(spans.filter(({ kind }) => kind === 1).map(({ name }) => name)).toEqual(["route", "body"]);
    for (const { startTimeUnixNano, endTimeUnixNano } of spans) expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
    expect(plain(heard.traces[0]?.resourceSpans[0]?.resource.attributes ?? [])).toMatchObject({ "service.name": "shop" });
    expect(heard.texts.join("")).not.toMatch(/jane|secret/);

    gateway.child.kill("SIGTERM");
    await endOf(gateway);
    const last = heard.metrics.at(-1)?.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
    const requests = last.find(({ name }) => name === "gwl_requests_total")?.sum;
    expect(requests).toMatchObject({ isMonotonic: true, aggregationTemporality: 2 });
    expect(requests?.dataPoints.map(({ attributes, asDouble }) => [plain(attributes)["status"], asDouble])).toEqual([
      ["200", 1],
      ["401", 1],
    ]);
    const [times] = last.find(({ name }) => name === "gwl_backend_duration_seconds")?.histogram?.dataPoints ?? [];
    expect(times?.count).toBe(1);
    expect(times?.bucketCounts?.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  test("each part of an answer is a call of its own, by the id that its backend gets", async () => {
    const heard = await collector();
    const seen = new Map<string | undefined, IncomingMessage["headers"]>();
    const orders = await listening((request) => {
      seen.set(request.url, request.headers);
      return request.url === "/advice" ? "[]" : '{"number":1}';
    });
    const { port, gateway } = await runningGateway(GATEWAY, { ORDERS: orders, COLLECTOR: heard.url, USERS: '{"users":[]}' });
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: "congo=t61rcWkgMzE" };
    const answer = await fetch(`http://127.0.0.1:${port}/orders/7/page`, { headers });
    expect(await answer.json()).toEqual({ bill: { number: 1 }, order: { number: 1 } });
    gateway.child.kill("SIGTERM");
    await endOf(gateway);

    const spans = spansOf(heard);
    const [server] = spans.filter(({ kind }) => kind === 2);
    const [whole] = spans.filter(({ name }) => name === "compose");
    expect(whole).toMatchObject({ traceId: TRACE, parentSpanId: server?.spanId, kind: 1 });
    const calls = spans.filter(({ kind }) => kind === 3);
    expect(calls.map(({ attributes }) => plain(attributes))).toMatchObject([
      { "gwl.part": "order", "gwl.backend": "orders", "http.request.method": "GET" },
      { "gwl.part": "bill" },
      { "gwl.part": "advice", "error.type": "invalid-answer" },
    ]);
    expect(calls.map(({ status }) => status.code)).toEqual([0, 0, 2]);
    for (const [at, url] of ["/kept/7", "/bills/7", "/advice"].entries()) {
      expect(calls[at]).toMatchObject({ traceId: TRACE, parentSpanId: whole?.spanId, traceState: "congo=t61rcWkgMzE" });
      expect(seen.get(url)).toMatchObject({ traceparent: `00-${TRACE}-${calls[at]?.spanId}-01`, tracestate: "congo=t61rcWkgMzE" });
    }
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    for (const { spanId } of spans) expect(spanId).toMatch(/^(?!0{16})[0-9a-f]{16}$/);
  });

  test("a call that its caller does not trace, and a collector that is away, disturb nobody", async () => {
    const orders = await listening(() => "{}");
    const { port, gateway } = await runningGateway(GATEWAY, { ORDERS: orders, COLLECTOR: "http://127.0.0.1:9", USERS: '{"users":[]}' });
    for (let at = 0; at < 5; at++) expect((await fetch(`http://127.0.0.1:${port}/orders/1`)).status).toBe(200);
    gateway.child.kill("SIGTERM");
    expect((await endOf(gateway)).code).toBe(0);
  });
});
