/** Alert rules for Prometheus, made of the gateway's own apis, backends and identities. Thresholds are for people to change; each rule stands by itself. */
import type { Backend } from "../../model/backends.ts";
import type { NetworkList } from "../../../runtime/contract/network-lists.ts";
import type { Ir } from "../../model/ir.ts";
import { hasGrown, part, quantile, quoted, rate, selectorOf, type Select, sumBy } from "./promql.ts";

type Alert = {
  readonly name: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: "critical" | "warning";
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
};

/** A file of rules, as YAML. */
export function alertRules(ir: Ir): string {
  const of = selectorOf(ir.name);
  const apis = [...new Set(ir.routes.flatMap(({ api }) => api ?? []))];
  const alerts = [
    ...always(ir.name, of),
    ...apis.map((api) => apiErrors(of, api)),
    ...ir.backends.flatMap((backend) => (backend.kind === "respond" ? [] : backendAlerts(of, backend.name, patienceOf(backend)))),
    ...(ir.identities.length === 0 ? [] : callers(of)),
    ...(ir.lists ?? []).map((list) => listStale(of, list)),
    ...(ir.releases ?? []).map(({ name }) => releaseStopped(of, name)),
  ];
  return [
    `# Made by gwl from ${ir.inputs[0]?.file ?? ir.name}.`,
    "groups:",
    `  - name: ${quoted(`gateway ${ir.name}`)}`,
    "    rules:",
    ...alerts.flatMap((alert) => lines(alert, ir.name)),
    "",
  ].join("\n");
}

function lines({ name, expr, for: lasting, severity, labels = {}, summary }: Alert, gateway: string): readonly string[] {
  return [
    `      - alert: ${name}`,
    `        expr: ${quoted(expr)}`,
    `        for: ${lasting}`,
    "        labels:",
    ...Object.entries({ severity, gateway, ...labels }).map(([label, value]) => `          ${label}: ${quoted(value)}`),
    "        annotations:",
    `          summary: ${quoted(summary)}`,
  ];
}

function always(name: string, of: Select): readonly Alert[] {
  const all = of("gwl_requests_total");
  return [
    {
      name: "GatewayAbsent",
      expr: `absent(${of("gwl_gateway_info")})`,
      for: "2m",
      severity: "critical",
      summary: `nobody tells figures of the gateway ${name}`,
    },
    {
      name: "GatewayErrors",
      expr: `${part(of("gwl_requests_total", ["status", "=~", "5..|0"]), all)} > 0.05`,
      for: "5m",
      severity: "critical",
      summary: "{{ $value | humanizePercentage }} of all calls are answered with 5xx, or not at all",
    },
    {
      name: "GatewaySlow",
      expr: `${quantile(0.99, of("gwl_gateway_duration_seconds_bucket"))} > 0.1`,
      for: "10m",
      severity: "warning",
      summary: "the gateway itself takes {{ $value | humanizeDuration }} at p99",
    },
    {
      name: "GatewayInternalFaults",
      expr: hasGrown((range) => `${of("gwl_faults_total", ["fault", "=", "internal"])}${range}`, "10m"),
      for: "0m",
      severity: "critical",
      summary: "something happened in the gateway that must not: see its log of faults",
    },
    {
      name: "GatewayLimitUnjudged",
      expr: `${sumBy("", rate(of("gwl_refusals_total", ["cause", "=", "limits-unavailable"])))} > 0`,
      for: "5m",
      severity: "critical",
      summary: "calls are refused since a store that counts for limits gives no answer",
    },
  ];
}

function apiErrors(of: Select, api: string): Alert {
  const failed = of("gwl_requests_total", ["api", "=", api], ["status", "=~", "5..|0"]);
  return {
    name: "ApiErrors",
    expr: `${part(failed, of("gwl_requests_total", ["api", "=", api]))} > 0.05`,
    for: "5m",
    severity: "warning",
    labels: { api },
    summary: `{{ $value | humanizePercentage }} of the calls of the api ${api} are answered with 5xx, or not at all`,
  };
}

/** A list that was never read since the start counts as one of 1970. Readings vary by a tenth, and one may fail. */
function listStale(of: Select, { name, every }: NetworkList): Alert {
  const most = (3 * every) / 1_000;
  return {
    name: "ListStale",
    expr: `time() - ${of("gwl_list_read_timestamp_seconds", ["network", "=", name])} > ${most}`,
    for: "5m",
    severity: "warning",
    labels: { network: name },
    summary: `the list of ${name} was not read for more than ${most}s, which is three times as long as the program says`,
  };
}

function releaseStopped(of: Select, name: string): Alert {
  return {
    name: "ReleaseStopped",
    expr: hasGrown((range) => `${of("gwl_releases_stopped_total", ["release", "=", name])}${range}`, "1h"),
    for: "0m",
    severity: "warning",
    labels: { release: name },
    summary: `the release ${name} has stopped by itself: too many calls to the next version failed`,
  };
}

/** Milliseconds until a backend is given up that says nothing. */
function patienceOf(backend: Exclude<Backend, { readonly kind: "respond" }>): number {
  return backend.kind === "lambda" ? backend.timeout : backend.traffic.timeouts.firstByte;
}

function backendAlerts(of: Select, name: string, timeout: number): readonly Alert[] {
  const here = ["backend", "=", name] as const;
  const labels = { backend: name };
  const calls = of("gwl_backend_duration_seconds_count", here);
  const late = (0.8 * timeout) / 1_000;
  return [
    {
      name: "BackendFaults",
      expr: `${part(of("gwl_faults_total", here), calls)} > 0.05`,
      for: "5m",
      severity: "critical",
      labels,
      summary: `{{ $value | humanizePercentage }} of the calls to ${name} fail`,
    },
    {
      name: "BackendSlow",
      expr: `${quantile(0.99, of("gwl_backend_duration_seconds_bucket", here))} > ${late}`,
      for: "10m",
      severity: "warning",
      labels,
      summary: `${name} takes {{ $value | humanizeDuration }} at p99; it is given up after ${timeout / 1_000}s`,
    },
    {
      name: "BackendBreakerOpen",
      expr: `max(${of("gwl_breaker_state", here, ["state", "=", "open"])}) == 1`,
      for: "1m",
      severity: "critical",
      labels,
      summary: `the circuit breaker of ${name} is open`,
    },
    {
      name: "BackendTargetDown",
      expr: `${of("gwl_backend_target_up", here)} == 0`,
      for: "5m",
      severity: "warning",
      labels,
      summary: `a target of ${name} is not healthy: {{ $labels.target }}`,
    },
  ];
}

function callers(of: Select): readonly Alert[] {
  const unknown = ["cause", "=~", "keys-unavailable|authorizer-failed"] as const;
  return [
    {
      name: "CallersCannotBeKnown",
      expr: `${sumBy("cause", rate(of("gwl_refusals_total", unknown)))} > 0`,
      for: "5m",
      severity: "critical",
      summary: "callers are refused since nobody can tell who they are: {{ $labels.cause }}",
    },
    {
      name: "ManyUnauthenticated",
      expr: `${part(of("gwl_refusals_total", ["cause", "=", "unauthenticated"]), of("gwl_requests_total"))} > 0.5`,
      for: "10m",
      severity: "warning",
      summary: "{{ $value | humanizePercentage }} of all calls come without a credential that is good",
    },
  ];
}
