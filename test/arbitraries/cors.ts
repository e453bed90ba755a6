/** `cors` at any level of a generated program, and what browsers ask before they call. */
import type { Choices } from "./choices.ts";
import type { GeneratedRoute } from "./generated.ts";
import { quoted } from "./vocabulary.ts";

const ORIGINS = ["https://shop.example", "https://*.shop.example", "http://localhost:3000", "https://*.b.example:8443"] as const;
/** Of pages: the same, and those that only look so. */
const PAGES = [
  "https://shop.example",
  "https://a.shop.example",
  "https://a.b.shop.example",
  "https://evilshop.example",
  "https://.shop.example",
  "https://shop.example.evil.example",
  "https://a_b.shop.example",
  "http://a.shop.example",
  "http://localhost:3000",
  "https://x.b.example:8443",
  "https://x.b.example",
  "HTTPS://SHOP.EXAMPLE",
  "null",
] as const;

export function corsLine(c: Choices, hasStages: boolean): string {
  if (c.chance(1, 6)) return "  cors none";
  const isAny = c.chance(1, 4);
  const settings = [
    `origins: ${isAny ? "any" : originsText(c, hasStages)}`,
    ...(c.chance(1, 3) ? [`methods: ${c.pick(["[GET, POST]", "[POST, DELETE]", "[]"])}`] : []),
    ...(c.chance(1, 2) ? [`headers: ${c.pick(["any", '["X-A", "X-B"]', "[]"])}`] : []),
    ...(c.chance(1, 3) ? ['expose: ["X-Set", "X-Request-Id"]'] : []),
    ...(!isAny && c.chance(1, 2) ? ["credentials: true"] : []),
    ...(c.chance(1, 3) ? [`max_age: ${c.pick(["90s", "1h"])}`] : []),
    ...(c.chance(1, 4) ? ["private_network: true"] : []),
  ];
  return `  cors { ${settings.join(", ")} }`;
}

function originsText(c: Choices, hasStages: boolean): string {
  const list = (): string => `[${c.some(1, 2, () => quoted(c.pick(ORIGINS))).join(", ")}]`;
  return hasStages && c.chance(1, 3) ? `stage { dev: ${list()}, prod: ${list()} }` : list();
}

/** Fields of a request that a page of another origin makes; `OPTIONS` with the second half is a preflight. */
export function pageHeaders(c: Choices, route: GeneratedRoute | undefined, asksFirst: boolean): readonly (readonly [string, string])[] {
  const list: (readonly [string, string])[] = [[c.pick(["Origin", "origin"]), c.pick(PAGES)]];
  if (c.chance(1, 20)) list.push(["Origin", c.pick(PAGES)]);
  if (!asksFirst) return list;
  const method =
    route === undefined || route.method === "ANY" || c.chance(1, 6) ? c.pick(["GET", "POST", "HEAD", "PURGE", ""]) : route.method;
  list.push(["Access-Control-Request-Method", method]);
  if (c.chance(1, 20)) list.push(["Access-Control-Request-Method", "GET"]);
  if (c.chance(1, 2))
    list.push([
      "Access-Control-Request-Headers",
      c.pick(["content-type", "x-a,x-b", "authorization, X-A", "x-token", "bad name", ",", ""]),
    ]);
  if (c.chance(1, 4)) list.push(["Access-Control-Request-Private-Network", c.pick(["true", "false"])]);
  return list;
}
