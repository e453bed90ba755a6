/**
 * Settings that are known only once stage and environment are: where to listen, which hosts, which targets.
 * Each is checked here, since no compiler could. A value that is missing was reported where it should have come from.
 */
import type { HostSettings } from "../contract/gateway.ts";
import type { TableData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import { canonicalHost } from "./canonical-host.ts";
import type { StartCode } from "./code.ts";
import { shown } from "./configuration.ts";
import { hostEntries } from "./host-entries.ts";
import { readPort } from "./late-values.ts";

export function hostSettings(data: TableData, code: StartCode, bound: Bound, problems: string[]): HostSettings {
  const { body, headers, headerTimeout, bodyTimeout, idleTimeout } = data.limits;
  const backends = data.backends.flatMap((backend, at) => {
    if (backend.kind !== "http") return [];
    const targets = (code.backends[at] ?? []).map((target) => readTarget(target(bound), backend.name, problems));
    return [{ name: backend.name, targets, timeout: backend.timeout }];
  });
  return {
    name: data.name,
    ...ownPort(data, code, bound, problems),
    entries: hostEntries(data, code, bound, problems),
    limits: { body, headers, headerTimeout, bodyTimeout, idleTimeout },
    backends,
  };
}

function ownPort(data: TableData, code: StartCode, bound: Bound, problems: string[]): Pick<HostSettings, "port"> {
  return data.hasOwnDoor ? { port: readPort(code.listen(bound), problems) } : {};
}

/** `http://HOST[:PORT][/BASE]` */
function readTarget(value: unknown, backend: string, problems: string[]): string {
  const text = String(value ?? "");
  const parts = /^http:\/\/([^/]+)(?:\/[!-"$->@-~]*)?$/.exec(text);
  if (value !== undefined && canonicalHost(parts?.[1] ?? "") === undefined)
    problems.push(`a target of backend \`${backend}\` is ${shown(text)}: expected \`http://HOST[:PORT][/BASE]\` without a query`);
  return text;
}

export function readHosts(code: StartCode, bound: Bound, problems: string[]): readonly string[] {
  return code.hosts.map((value) => {
    const text = value(bound);
    const host = typeof text === "string" ? canonicalHost(text) : undefined;
    if (host !== undefined && host.host === host.authority) return host.host;
    if (text !== undefined) problems.push(`\`host\` is ${shown(String(text))}: expected a host name or address without a port`);
    return "";
  });
}
