/** A Grafana dashboard of one gateway: its calls, each api, each backend, who is refused and why, and the process. */
import type { Ir } from "../../model/ir.ts";
import { dashboardOf, type Panel, type Row } from "./panels.ts";
import { trafficRows } from "./traffic-rows.ts";
import { part, quantile, rate, selectorOf, type Select, sumBy } from "./promql.ts";

export function dashboard(ir: Ir): object {
  const of = selectorOf(ir.name);
  const apis = [...new Set(ir.routes.flatMap(({ api }) => api ?? []))];
  const backends = ir.backends.flatMap((backend) => (backend.kind === "respond" ? [] : [backend.name]));
  const rows = [overview(of), ...apis.map((api) => apiRow(of, api)), access(of, ir.identities.length > 0)];
  const more = [
    ...(backends.length === 0 ? [] : [backendRow(of, backends, hasBreakers(ir))]),
    ...trafficRows(ir, of),
    ...(ir.lists === undefined ? [] : [listRow(of)]),
  ];
  return dashboardOf(`Gateway ${ir.name}`, `gwl-${ir.name}`.slice(0, 40), [...rows, ...more, connections(of), processRow()]);
}

const quantiles = [0.5, 0.95, 0.99] as const;

function times(title: string, about: string, series: string): Panel {
  const queries = quantiles.map((share) => ({ expr: quantile(share, series), legend: `p${share * 100}` }));
  return { title, about, unit: "s", queries };
}

function overview(of: Select): Row {
  const all = of("gwl_requests_total");
  return {
    title: "All calls",
    panels: [
      {
        title: "Calls",
        about: "By status.",
        unit: "reqps",
        queries: [{ expr: sumBy("status", rate(all)), legend: "{{status}}" }],
      },
      {
        title: "Errors",
        about: "The part of calls that was answered with 5xx, or not at all.",
        unit: "percentunit",
        queries: [{ expr: part(of("gwl_requests_total", ["status", "=~", "5..|0"]), all), legend: "errors" }],
      },
      times("Time of a call", "From the request's head to the end of the answer.", of("gwl_request_duration_seconds_bucket")),
      times("The gateway's own time", "Without authorizers and backends.", of("gwl_gateway_duration_seconds_bucket")),
      {
        title: "In flight",
        about: "Calls that have begun and not ended.",
        unit: "short",
        queries: [{ expr: sumBy("", of("gwl_requests_in_flight")), legend: "calls" }],
      },
      {
        title: "Faults",
        about: "What went wrong after the decision, by kind.",
        unit: "reqps",
        queries: [{ expr: sumBy("fault", rate(of("gwl_faults_total"))), legend: "{{fault}}" }],
      },
    ],
  };
}

function apiRow(of: Select, api: string): Row {
  const here = (name: string): string => of(name, ["api", "=", api]);
  return {
    title: `Api ${api}`,
    panels: [
      {
        title: `${api}: calls`,
        about: "By route.",
        unit: "reqps",
        queries: [{ expr: sumBy("route", rate(here("gwl_requests_total"))), legend: "{{route}}" }],
      },
      {
        title: `${api}: errors`,
        about: "Calls that were answered with 5xx, or not at all, by route.",
        unit: "reqps",
        queries: [
          { expr: sumBy("route", rate(of("gwl_requests_total", ["api", "=", api], ["status", "=~", "5..|0"]))), legend: "{{route}}" },
        ],
      },
      {
        title: `${api}: time, p99`,
        about: "From the request's head to the end of the answer, by route.",
        unit: "s",
        queries: [{ expr: quantile(0.99, here("gwl_request_duration_seconds_bucket"), "route"), legend: "{{route}}" }],
      },
    ],
  };
}

function access(of: Select, hasIdentities: boolean): Row {
  const refused = { title: "Refused", about: "Calls that the gateway refused, by cause.", unit: "reqps" };
  const callers = { title: "Callers", about: "Calls by the kind of caller.", unit: "reqps" };
  return {
    title: "Access",
    panels: [
      { ...refused, queries: [{ expr: sumBy("cause", rate(of("gwl_refusals_total"))), legend: "{{cause}}" }] },
      { ...callers, queries: [{ expr: sumBy("principal", rate(of("gwl_requests_total"))), legend: "{{principal}}" }] },
      ...(hasIdentities
        ? [times("Time of making callers known", "Where a route asks who calls.", of("gwl_authorizer_duration_seconds_bucket"))]
        : []),
    ],
  };
}

function hasBreakers({ backends }: Ir): boolean {
  return backends.some((backend) => "traffic" in backend && backend.traffic.breaker !== undefined);
}

function backendRow(of: Select, backends: readonly string[], hasBreaker: boolean): Row {
  const faults = { title: "Faults of backends", about: "By backend and kind.", unit: "reqps" };
  return {
    title: "Backends",
    panels: [
      ...backends.map((name) =>
        times(`${name}: time`, "To its last byte.", of("gwl_backend_duration_seconds_bucket", ["backend", "=", name])),
      ),
      {
        ...faults,
        queries: [{ expr: sumBy("backend, fault", rate(of("gwl_faults_total", ["backend", "!=", ""]))), legend: "{{backend}}: {{fault}}" }],
      },
      ...(hasBreaker ? [breakers(of)] : []),
    ],
  };
}

function breakers(of: Select): Panel {
  return {
    title: "Breakers",
    about: "Processes in which the circuit breaker of a backend is not closed, by state.",
    unit: "short",
    queries: [{ expr: sumBy("backend, state", of("gwl_breaker_state", ["state", "!=", "closed"])), legend: "{{backend}}: {{state}}" }],
  };
}

function listRow(of: Select): Row {
  const age = `time() - (${of("gwl_list_read_timestamp_seconds")} > 0)`;
  return {
    title: "Lists of networks",
    panels: [
      {
        title: "Age",
        about: "Since a list was last read well; nothing where it was not since the start.",
        unit: "s",
        queries: [{ expr: age, legend: "{{network}}" }],
      },
      { title: "Entries", about: "In use.", unit: "short", queries: [{ expr: of("gwl_list_entries"), legend: "{{network}}" }] },
      {
        title: "Readings that failed",
        about: "Refused, or not possible.",
        unit: "short",
        queries: [{ expr: sumBy("network", `increase(${of("gwl_list_failures_total")}[1h])`), legend: "{{network}}" }],
      },
    ],
  };
}

function connections(of: Select): Row {
  const bytes = (name: string): string => sumBy("", rate(of(name)));
  return {
    title: "Connections",
    panels: [
      {
        title: "Open",
        about: "By entry; without a name the gateway's own door.",
        unit: "short",
        queries: [{ expr: sumBy("entry", of("gwl_connections")), legend: "{{entry}}" }],
      },
      {
        title: "Bodies",
        about: "From and to clients.",
        unit: "Bps",
        queries: [
          { expr: bytes("gwl_request_body_bytes_total"), legend: "received" },
          { expr: bytes("gwl_response_body_bytes_total"), legend: "sent" },
        ],
      },
    ],
  };
}

/** Figures of processes do not say which gateway they serve; a scrape's job does. */
function processRow(): Row {
  return {
    title: "Processes",
    panels: [
      {
        title: "CPU",
        about: "Seconds a second, all workers together.",
        unit: "short",
        queries: [{ expr: "rate(process_cpu_seconds_total[5m])", legend: "{{instance}}" }],
      },
      { title: "Memory", about: "Resident.", unit: "bytes", queries: [{ expr: "process_resident_memory_bytes", legend: "{{instance}}" }] },
      {
        title: "Event loop, p99",
        about: "How late it is, in one of the workers.",
        unit: "s",
        queries: [{ expr: "nodejs_eventloop_lag_p99_seconds", legend: "{{instance}}" }],
      },
    ],
  };
}
