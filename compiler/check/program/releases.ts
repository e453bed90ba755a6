/** Each call is sent on by one release at most, and each release has calls to send. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import type { Release } from "../../model/release.ts";
import { idleRelease, releasesClash } from "./releases.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkReleases({ program, routes }: Survey): readonly Diagnostic[] {
  const { releases = [] } = program;
  return releases.flatMap((release, at) => {
    const clash = clashOf(release, releases, at);
    if (clash !== undefined) return [clash];
    const isIdle = routes.every(({ route: { target } }) => target.kind !== "backend" || target.backend !== release.from);
    return isIdle ? [finding(idleRelease, release.span, { name: release.name, backend: release.from })] : [];
  });
}

function clashOf(release: Release, all: readonly Release[], at: number): Diagnostic | undefined {
  const { name, from, to, span } = release;
  if (from === to) return finding(releasesClash, span, { name, why: "itself", backend: from });
  const before = all.slice(0, at);
  const namesake = before.find((other) => other.name === name);
  const rival = before.find((other) => other.from === from);
  const next = all.find((other) => other.from === to);
  const [why, other, backend] =
    namesake !== undefined
      ? (["name", namesake, from] as const)
      : rival !== undefined
        ? (["from", rival, from] as const)
        : (["chain", next, to] as const);
  if (other === undefined) return undefined;
  return finding(releasesClash, span, { name, why, backend }, [{ span: other.span, message: "the other one" }]);
}
