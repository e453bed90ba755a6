/** The release that divides the calls of a route: that of its backend. */
import type { Expr } from "../model/expression.ts";
import type { IrRoute } from "../model/ir.ts";
import type { Program, Route } from "../model/program.ts";
import type { Release } from "../model/release.ts";

export function releaseOf({ releases = [] }: Program, { target }: Route): Release | undefined {
  return target.kind === "backend" ? releases.find(({ from }) => from === target.backend) : undefined;
}

/** What it reads of a request. */
export function releaseParts(release: Release | undefined): readonly Expr[] {
  if (release === undefined) return [];
  return release.sticky === undefined ? release.when : [...release.when, release.sticky];
}

/** `change` fills in what is known of the route. */
export function routeRelease(program: Program, route: Route, change: (value: Expr) => Expr): Pick<IrRoute, "release"> {
  const release = releaseOf(program, route);
  if (release === undefined) return {};
  const sticky = release.sticky && change(release.sticky);
  const number = (program.releases ?? []).indexOf(release);
  return { release: { release: number, when: release.when.map(change), ...(sticky === undefined ? {} : { sticky }) } };
}
