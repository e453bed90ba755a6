/** What generated programs say of versions that come and go. */
import type { Choices } from "./choices.ts";
import { condition, headerValue } from "./expressions.ts";
import type { Surroundings } from "./surroundings.ts";

export function deprecatedLine(c: Choices): string {
  const sunset = c.chance(1, 2) ? c.pick([" sunset 2026-12-31", " sunset 2026-01-05T12:00:01Z"]) : "";
  const see = c.chance(1, 2) ? ' see "https://shop.example/docs?v=2#new"' : "";
  const successor = c.chance(1, 3) ? ' successor "/v2"' : "";
  return `  deprecated since ${c.pick(["2026-01-05", "2025-06-30T23:59:59+02:00"])}${sunset}${see}${successor}`;
}

/** `at`: what the gateway's own rules see. A release leads from the backend of most routes. `isKept`: of what it answers some is kept. */
export function releaseLines(c: Choices, at: Surroundings, isKept: boolean): readonly string[] {
  if (c.chance(1, 2)) return [];
  const here: Surroundings = {
    ...at,
    parameters: [],
    body: [],
    arguments: [],
    identities: at.identities.filter(({ partner }) => partner === undefined),
  };
  const share = at.hasStages && c.chance(1, 2) ? "stage { dev: 50%, prod: 20% }" : c.pick(["0%", "0.5%", "40%", "60%", "100%"]);
  const isDrawn = c.chance(3, 4);
  return [
    "release r1 {",
    `  up -> ${isKept ? "next" : c.pick(["next", "gone"])}`,
    ...(isDrawn ? [`  share ${share}`] : []),
    ...(isDrawn && c.chance(1, 2) ? [`  sticky by ${headerValue(c, here)}`] : []),
    ...c.some(isDrawn ? 0 : 1, 2, () => `  when ${condition(c, here, 2)}`),
    ...(c.chance(1, 3) ? ["  stop above 5% of 50"] : []),
    "}",
  ];
}
