/** The stores of a gateway as its host must reach them: addresses and names are known once stage and environment are. */
import type { HostStore } from "../contract/shared-counts.ts";
import type { TableData } from "../contract/table-data.ts";
import type { StoreData } from "../contract/traffic-data.ts";
import type { Bound } from "./call.ts";
import { canonicalHost } from "./canonical-host.ts";
import type { StartCode } from "./code.ts";
import { shown } from "./configuration.ts";
import { lateValues } from "./late-values.ts";

/** Undefined where there are none. */
export function hostStores(
  { stores }: TableData,
  code: StartCode,
  secrets: readonly (string | undefined)[],
  bound: Bound,
  problems: string[],
): readonly HostStore[] | undefined {
  return stores?.map((store, at) => hostStore(store, lateValues(code.stores?.[at], bound), secrets, problems));
}

function hostStore(
  { name, mode, password, timeout, lease }: StoreData,
  late: Readonly<Record<string, readonly unknown[]>>,
  secrets: readonly (string | undefined)[],
  problems: string[],
): HostStore {
  const nodes = (late["nodes"] ?? []).map((value) => readNode(value, name, problems));
  const [master, user] = [late["master"]?.[0], late["user"]?.[0]];
  const secret = password === undefined ? undefined : secrets[password];
  return {
    name,
    mode,
    nodes,
    ...(typeof master === "string" ? { master } : {}),
    ...(typeof user === "string" ? { user } : {}),
    ...(secret === undefined ? {} : { password: secret }),
    timeout,
    lease,
  };
}

function readNode(value: unknown, store: string, problems: string[]): string {
  const text = String(value ?? "");
  const [, authority] = /^rediss?:\/\/([^/?#@]+)$/.exec(text) ?? [];
  if (value !== undefined && canonicalHost(authority ?? "") === undefined)
    problems.push(`an address of the store \`${store}\` is ${shown(text)}: expected \`redis://HOST[:PORT]\` without a password`);
  return text;
}
