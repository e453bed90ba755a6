/** `sites.json`: each site of the program, where it stands and what it says there, for people and audits. A server reads of sites only where they stand. */
import type { ManifestFacts } from "./manifest.ts";

/** A site a line, in the order of their numbers. */
export function siteLabels({ sites, placeOf }: Pick<ManifestFacts, "sites" | "placeOf">): string {
  const lines = sites.map(({ span, label }) => `\n    ${JSON.stringify({ at: placeOf(span), label })}`).join(",");
  return `{\n  "format": 1,\n  "sites": [${lines}\n  ]\n}\n`;
}
