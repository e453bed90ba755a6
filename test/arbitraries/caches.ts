/** What routes of a generated program keep of their answers, and what clients say of that. */
import type { Choices } from "./choices.ts";
import type { Surroundings } from "./surroundings.ts";

const SHARED = ["client.ip", "method", 'header("X-A") ?? "none"', '[client.ip, query("q") ?? ""]'] as const;
const OF_CALLERS = ["principal.id", "[principal.id, client.ip]", 'if principal is known then "some" else "none"'] as const;

/** `isAuthenticated`: somebody is known on the route. */
export function cacheLines(c: Choices, target: string, { identities }: Surroundings, isAuthenticated: boolean): readonly string[] {
  if ((target !== " -> up" && target !== " -> run") || c.chance(1, 4)) return [];
  const isSomebody = isAuthenticated && identities.length > 0;
  const whose = isSomebody ? c.pick(["", "", " for everyone"]) : " for everyone";
  const keys = isSomebody && whose === "" && identities.every(({ partner }) => partner === undefined) ? [...SHARED, ...OF_CALLERS] : SHARED;
  const by = c.chance(1, 2) ? ` by ${c.pick(keys)}` : "";
  const settings = [
    ...(c.chance(1, 3) ? ["stale_while_revalidate: 10s"] : []),
    ...(c.chance(1, 3) ? ["stale_if_error: 1m"] : []),
    ...(c.chance(1, 3) ? ["max_body: 2KiB"] : []),
    ...(c.chance(1, 10) ? [] : [`refresh: ${c.pick(["anyone", "anyone", "anyone", "anyone", "nobody", "permitted"])}`]),
    ...(c.chance(1, 3) ? ["status: true"] : []),
  ];
  return [`cache ${c.pick(["30s", "1m", "24h"])}${whose}${by}${settings.length === 0 ? "" : ` { ${settings.join(", ")} }`}`];
}

const WISHES = [
  ["Cache-Control", "no-cache"],
  ["Cache-Control", "max-age=0, no-store"],
  ["Cache-Control", 'x="a, no-cache", Max-Age = "00"'],
  ["Cache-Control", 'max-age=5, x="no-store'],
  ["Cache-Control", "NO-STORE ,, no-cache=1"],
  ["Pragma", "no-cache"],
  ["Cookie", "session=1"],
] as const;

export function freshnessHeaders(c: Choices): readonly (readonly [string, string])[] {
  // Few of the calls that may be kept are allowed, so most of all calls ask for a fresh answer, those too whose choices have run out.
  return c.chance(1, 3) ? [] : [WISHES[0], ...c.some(0, 1, () => c.pick(WISHES))];
}
