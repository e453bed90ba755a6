/** What a deployment says of the most that a process may take, by environment. */
import type { OverloadLimits } from "./overload.ts";

export type ReadLimits = { readonly limits: OverloadLimits } | { readonly problems: readonly string[] };

const usual = { delay: 100, calls: 10_000 } as const;

/** `SHED_AT` (milliseconds of event loop delay), `MOST_CALLS`, `CONNECTIONS_PER_CLIENT`. */
export function readOverloadLimits(environment: Readonly<Record<string, string | undefined>>): ReadLimits {
  const problems: string[] = [];
  const read = (name: string, most: number): number | undefined => {
    const text = environment[name];
    if (text === undefined) return undefined;
    const value = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > most) problems.push(`\`${name}\` must be a number from 1 to ${most}`);
    return value;
  };
  const delay = read("SHED_AT", 60_000) ?? usual.delay;
  const calls = read("MOST_CALLS", 1_000_000) ?? usual.calls;
  const connections = read("CONNECTIONS_PER_CLIENT", 1_000_000);
  return problems.length > 0 ? { problems } : { limits: { delay, calls, ...(connections === undefined ? {} : { connections }) } };
}
