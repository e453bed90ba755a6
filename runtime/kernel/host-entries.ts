/** The doors of a gateway as its host must open them: ports, sockets, files and ids, which are known once stage and environment are. */
import type { HostEntry } from "../contract/gateway.ts";
import type { EntryData, TableData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import type { StartCode } from "./code.ts";
import { shown } from "./configuration.ts";
import { parseAddress } from "./ip.ts";
import { lateValues, readPort } from "./late-values.ts";

type Late = Readonly<Record<string, readonly unknown[]>>;

export function hostEntries(data: TableData, code: StartCode, bound: Bound, problems: string[]): readonly HostEntry[] {
  const entries = data.entries.map((entry, at) => hostEntry(entry, lateValues(code.entries[at], bound), bound, problems));
  const endpoints = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind !== "endpoint" || entry.vpce === "") continue;
    const key = `${entry.via ?? ""} ${entry.vpce}`;
    const other = endpoints.get(key);
    if (other === undefined) endpoints.set(key, entry.name);
    else
      problems.push(
        `the entries \`${other}\` and \`${entry.name}\` have the same \`vpce\`, ${shown(entry.vpce)}: an endpoint has one entry`,
      );
  }
  return entries;
}

function hostEntry({ name, door }: EntryData, late: Late, bound: Bound, problems: string[]): HostEntry {
  const text = (setting: string): string => readText(name, setting, late, problems);
  if (door.kind === "endpoint") {
    const ids = { vpce: text("vpce"), ...(late["vpc"] === undefined ? {} : { vpc: text("vpc") }) };
    return { kind: "endpoint", name, ...(door.via === undefined ? {} : { via: door.via }), ...ids };
  }
  const { balancerClasses, mtlsDepth } = door;
  return {
    kind: "listener",
    name,
    at: door.at === "port" ? { kind: "port", port: readPort(late["listen"]?.[0], problems) } : { kind: "socket", path: text("listen") },
    ...(door.hasTls ? { tls: { certificate: text("certificate"), key: text("key") } } : {}),
    ...(mtlsDepth === undefined ? {} : { mtls: { truststore: text("truststore"), depth: mtlsDepth } }),
    ...(door.hasHttp2 ? { http2: true } : {}),
    ...(balancerClasses === undefined ? {} : { isBalancer: inClasses(balancerClasses, bound) }),
  };
}

function inClasses(classes: readonly number[], bound: Bound): (peer: string) => boolean {
  const members = new Set(classes);
  return (peer) => {
    const address = parseAddress(peer);
    return address !== undefined && members.has(bound.classOf(address));
  };
}

function readText(entry: string, setting: string, late: Late, problems: string[]): string {
  const value = late[setting]?.[0];
  if (typeof value === "string" && value !== "") return value;
  if (value !== undefined) problems.push(`\`${setting}\` of the entry \`${entry}\` is empty`);
  return "";
}
