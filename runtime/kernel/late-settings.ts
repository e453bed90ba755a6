/**
 * Settings that are known only once stage and environment are: where to listen, which hosts.
 * Each is checked here, since no compiler could. A value that is missing was reported where it should have come from.
 */
import type { HostBackend, HostSettings } from "../contract/gateway.ts";
import type { TableData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import { canonicalHost } from "./canonical-host.ts";
import type { StartCode } from "./code.ts";
import { shown } from "./configuration.ts";
import { hostEntries } from "./host-entries.ts";
import { readPort } from "./late-values.ts";

export function hostSettings(
  data: TableData,
  code: StartCode,
  backends: readonly HostBackend[],
  bound: Bound,
  problems: string[],
): HostSettings {
  const { body, headers, headerTimeout, bodyTimeout, idleTimeout } = data.limits;
  return {
    name: data.name,
    ...ownPort(data, code, bound, problems),
    entries: hostEntries(data, code, bound, problems),
    limits: { body, headers, headerTimeout, bodyTimeout, idleTimeout },
    backends,
    ...releasesOf(data),
  };
}

/** What the host watches; in the tables they lead from one backend to another. */
function releasesOf({ releases, backends }: TableData): Pick<HostSettings, "releases"> {
  if (releases === undefined) return {};
  return {
    releases: releases.map(({ name, to, stop }) => ({ name, next: backends[to]?.name ?? "", ...(stop === undefined ? {} : { stop }) })),
  };
}

function ownPort(data: TableData, code: StartCode, bound: Bound, problems: string[]): Pick<HostSettings, "port" | "http2"> {
  if (!data.hasOwnDoor) return {};
  return { port: readPort(code.listen(bound), problems), ...(data.hasOwnHttp2 ? { http2: true } : {}) };
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
