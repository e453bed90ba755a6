/** Servers that speak HTTP, started: what of them is known only now is checked, since no compiler could, and the request that one gets. */
import type { HttpBackendData } from "../contract/backend-data.ts";
import type { BackendTls, HttpHostBackend } from "../contract/host-backend.ts";
import { canonicalHost } from "../kernel/canonical-host.ts";
import { shown } from "../kernel/configuration.ts";
import { isSettable } from "../kernel/forward.ts";
import { parseAddress } from "../kernel/ip.ts";
import type { BackendBrought, RunningBackend, SetHeader } from "../kernel/running-backend.ts";
import { planOf, type PlanForward } from "./http-plan.ts";

type Late = BackendBrought["late"];

export function httpBackend(data: HttpBackendData, brought: BackendBrought, problems: string[]): RunningBackend {
  const { servers, plan } = startServers(data, brought, problems);
  const { name } = data;
  const mirrors = (brought.late["mirrors"] ?? []).map((target) => readTarget(target, name, false, problems));
  return { host: { kind: "http", ...servers, ...(mirrors.length === 0 ? {} : { mirrors }) }, plan };
}

type ServersData = Omit<HttpBackendData, "kind">;
export type Servers = { readonly servers: Omit<HttpHostBackend, "kind" | "mirrors">; readonly plan: PlanForward };

/** What all kinds share that call such servers. */
export function startServers(data: ServersData, { late }: BackendBrought, problems: string[]): Servers {
  const { name, traffic } = data;
  const isService = traffic.dns?.service === true;
  const targets = (late["targets"] ?? []).map((target) => readTarget(target, name, isService, problems));
  const nameServers = (late["nameServers"] ?? []).map((server) => readServer(server, name, problems));
  const tls = readTls(late, name, problems);
  const servers = {
    name,
    targets,
    traffic,
    ...(nameServers.length === 0 ? {} : { nameServers }),
    ...(tls === undefined ? {} : { tls }),
  };
  return { servers, plan: planOf(data, setHeaders(data, late, problems)) };
}

/** What is set on each request: what the environment brings is checked once. */
function setHeaders({ name, headers = [] }: ServersData, late: Late, problems: string[]): readonly SetHeader[] {
  return headers.map((field, at): SetHeader => {
    const value = late["headers"]?.[at];
    if (typeof value === "string" && !isSettable(value))
      problems.push(`the header \`${field}\` of backend \`${name}\` is ${shown(value)}: no field can hold that`);
    return [field, typeof value === "string" ? value : ""];
  });
}

/** `http://HOST[:PORT][/BASE]`, or with `https`; of a service a name without a port. */
function readTarget(value: unknown, backend: string, isService: boolean, problems: string[]): string {
  const text = String(value ?? "");
  const parts = /^https?:\/\/([^/]+)(?:\/[!-"$->@-~]*)?$/.exec(text);
  const host = canonicalHost(parts?.[1] ?? "");
  const isName = host !== undefined && parseAddress(host.host.replace(/^\[|\]$/g, "")) === undefined;
  if (value !== undefined && (host === undefined || (isService && !(isName && host.host === host.authority)))) {
    const expected = isService ? "`http://NAME[/BASE]` without a port" : "`http://HOST[:PORT][/BASE]`";
    const what = isService ? "the service" : "a target";
    problems.push(`${what} of backend \`${backend}\` is ${shown(text)}: expected ${expected} or the same with \`https\`, without a query`);
  }
  return text;
}

/** `ADDRESS[:PORT]` */
function readServer(value: unknown, backend: string, problems: string[]): string {
  const text = String(value ?? "");
  const [, bracketed, plain, port = "53"] = /^(?:\[([^\]]+)\]|([0-9.]+))(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  const isGood = parseAddress(bracketed ?? plain ?? text) !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
  if (value !== undefined && !isGood)
    problems.push(`a name server of backend \`${backend}\` is ${shown(text)}: expected \`ADDRESS[:PORT]\``);
  return text;
}

function readTls(late: Late, backend: string, problems: string[]): BackendTls | undefined {
  const text = (setting: string): string | undefined => {
    const [value] = late[setting] ?? [];
    if (value === "") problems.push(`\`${setting}\` of the TLS of backend \`${backend}\` is empty`);
    return typeof value === "string" ? value : undefined;
  };
  const [ca, serverName, certificate, key] = ["ca", "serverName", "certificate", "key"].map(text);
  if ([ca, serverName, certificate, key].every((one) => one === undefined)) return undefined;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
}
