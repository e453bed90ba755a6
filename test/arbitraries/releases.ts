/** What generated programs say of versions that come and go. */
import type { Choices } from "./choices.ts";

export function deprecatedLine(c: Choices): string {
  const sunset = c.chance(1, 2) ? c.pick([" sunset 2026-12-31", " sunset 2026-01-05T12:00:01Z"]) : "";
  const see = c.chance(1, 2) ? ' see "https://shop.example/docs?v=2#new"' : "";
  const successor = c.chance(1, 3) ? ' successor "/v2"' : "";
  return `  deprecated since ${c.pick(["2026-01-05", "2025-06-30T23:59:59+02:00"])}${sunset}${see}${successor}`;
}
