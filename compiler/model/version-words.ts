/** How requests come to the version of a route, in the words of the language. */
import type { Ir, IrRoute } from "./ir.ts";

/** Such as `by header x-api-version default`; absent where the path decides. */
export function versionWords({ versions }: Ir, { choice, version }: Pick<IrRoute, "choice" | "version">): string | undefined {
  const family = choice === undefined ? undefined : versions?.[choice];
  if (family === undefined) return undefined;
  const { by, name, byDefault } = family;
  const said = by === "media" ? family.versions.find(([one]) => one === version)?.[1] : name;
  return `by ${by} ${said ?? ""}${byDefault === version ? " default" : ""}`;
}
