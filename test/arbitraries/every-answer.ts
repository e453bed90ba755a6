/** What a level of a generated program says of all its answers. */
import type { Choices } from "./choices.ts";

const KINDS = [
  "any",
  "client_errors",
  "server_errors",
  "rule",
  "default",
  "malformed",
  "unauthenticated",
  "no_route",
  "invalid_body",
  "cross_origin",
];

export function everyAnswerLines(c: Choices): readonly string[] {
  const lines: string[] = [];
  if (c.chance(1, 6)) {
    const status = c.chance(1, 3) ? `status: ${c.pick(["404", "418", "503"])}, ` : "";
    const body = c.pick(["", ', body: "no"', ', body: { error: "no", code: 7 }', ', body: "<p>no</p>", type: "text/html"']);
    lines.push(`  answer ${c.pick(KINDS)} { ${status}headers { "X-Why": "so", "X-Set": "refused" }${body} }`);
  }
  if (c.chance(1, 8))
    lines.push(`  security_headers ${c.pick(["{ }", "none", "{ hsts: 365d, frame_options: backend }", '{ referrer_policy: "origin" }'])}`);
  if (c.chance(1, 8))
    lines.push(`  compress ${c.pick(["{ }", "none", "{ with: [gzip, br] }", "{ with: [zstd], above: 0B, personal: true }"])}`);
  if (c.chance(1, 2))
    lines.push(
      `  decompress ${c.pick(["{ }", "{ }", "{ }", "none", "{ with: [gzip] }", "{ with: [br, gzip, deflate], max: 40B }", "{ ratio: 1 }"])}`,
    );
  return lines;
}

const CODINGS = ["gzip", "br, gzip", "gzip;q=0, *", "*;q=0.5, br;q=0", "GZIP ; q=0.2, zstd;q=0.3", "identity", "br;q=2", ""] as const;

export function codingHeaders(c: Choices): readonly (readonly [string, string])[] {
  return c.chance(1, 3) ? c.some(1, 2, () => ["Accept-Encoding", c.pick(CODINGS)] as const) : [];
}
