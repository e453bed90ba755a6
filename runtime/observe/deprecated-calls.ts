/**
 * Counts who still calls what is deprecated, so that its end can be planned with them. Promises bounded memory, whoever calls: beyond that callers are
 * counted together, and nothing of a caller but identity and id is told.
 */
import type { CallRecord } from "./call-record.ts";
import { nobody, type Observer } from "./observer.ts";

/** One line of the log. `identity` and `id` are absent where nobody was asked who calls, or where there were too many to tell apart. */
export type DeprecatedCalls = { readonly route: string; readonly identity?: string; readonly id?: string; calls: number };

const mostCallers = 1_000;

/** `tell` gets what was counted since the last time, most calls first; `flush` does that where something was. */
export function deprecatedCalls(tell: (calls: readonly DeprecatedCalls[]) => void): {
  readonly observer: Observer;
  readonly flush: () => void;
} {
  let counts = new Map<string, DeprecatedCalls>();
  const count = ({ notes, outcome }: CallRecord): void => {
    const route = outcome?.decision.route;
    if (notes.isDeprecated === undefined || route === undefined) return;
    const { identity, id } = outcome?.decision.principal ?? {};
    const key = JSON.stringify([route, identity, id]);
    const isKnown = counts.has(key) || counts.size < mostCallers;
    const counted = counts.get(isKnown ? key : route) ?? {
      route,
      ...(isKnown && identity !== undefined && id !== undefined ? { identity, id } : {}),
      calls: 0,
    };
    counted.calls++;
    counts.set(isKnown ? key : route, counted);
  };
  return {
    observer: { ...nobody, ended: count },
    flush: () => {
      if (counts.size === 0) return;
      const counted = [...counts.values()].sort((a, b) => b.calls - a.calls);
      counts = new Map();
      tell(counted);
    },
  };
}
