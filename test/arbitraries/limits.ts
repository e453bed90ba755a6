/** Limits of a generated level: few calls and short times, so that they are reached. */
import type { Choices } from "./choices.ts";
import type { Surroundings } from "./surroundings.ts";

export function limitLines(c: Choices, { identities }: Surroundings, isAuthenticated: boolean): readonly string[] {
  const keys = [
    "",
    " by client.ip",
    ` by client.ip prefix ${c.pick([128, 64, 1, 33, 96, 127])}`,
    ' by header("X-A") ?? "none"',
    " by method",
    ' by if client.ip in 2001:db8::/32 then "six" else client.ip.text()',
    ...(isAuthenticated && identities.length > 0 ? [" by principal.id"] : []),
  ];
  const first = c.below(keys.length);
  const chosen = c.chance(1, 2) ? [first] : c.chance(1, 3) ? [first, (first + 1) % keys.length] : [];
  return chosen.map((at) => {
    const form = c.pick([throttle, throttle, quota, concurrency]);
    const shared = c.chance(1, 3) ? c.pick([" shared counters", " shared counters on failure local"]) : "";
    return `${form(c)}${keys[at] ?? ""}${shared}`;
  });
}

function quota(c: Choices): string {
  const window = c.pick(["day", "week", "month"]);
  return `quota ${c.pick([1, 2, 4, 1_000_000_000])}/${window}${c.chance(1, 3) ? ` offset ${c.pick(["6h", "23h", "1ms"])}` : ""}`;
}

function concurrency(c: Choices): string {
  return `concurrency ${c.pick([1, 2, 3, 1_000_000])}`;
}

function throttle(c: Choices): string {
  return `throttle ${c.pick(["1/s", "3/s", "7/m", "10/s", "1_000_000/week", "1000/s"])} burst ${c.pick([1, 2, 3, 5, 1_000_000])}`;
}
