/**
 * `release`: of the calls that would go to a backend some go to its next version (D243). First whoever a `when` is true for; else as it is drawn, by
 * chance or, with `sticky by`, by the caller's text alone. A release that was ended sends nobody.
 */
import type { HostRelease } from "../../runtime/contract/release-data.ts";
import type { World } from "../../runtime/contract/world.ts";
import type { Expr } from "../model/expression.ts";
import type { Program, Route } from "../model/program.ts";
import type { Release } from "../model/release.ts";
import { evaluate } from "./evaluate.ts";
import type { Scene } from "./scene.ts";

export function releaseOn({ releases }: Program, { target }: Route): Release | undefined {
  return (releases ?? []).find(({ from }) => target.kind === "backend" && target.backend === from);
}

/** What the release of a route reads of a request. */
export function releaseParts(program: Program, route: Route): readonly Expr[] {
  const release = releaseOn(program, route);
  return release ? [...release.when, ...(release.sticky ? [release.sticky] : [])] : [];
}

/** The name of the backend that the call goes to. */
export function sideOf(release: Release, scene: Scene, world: World): string {
  const { name, from, to, when, sticky } = release;
  const hasStopped: unknown = world.hasStopped(name);
  if (hasStopped !== false) return from;
  if (when.some((condition) => evaluate(condition, scene, undefined) === true)) return to;
  const percent = release.share ? evaluate(release.share, scene, undefined) : 0;
  const drawn = sticky ? placeOf(name, evaluate(sticky, scene, undefined), world) : world.chance();
  return drawn !== undefined && typeof percent === "number" && 100 * drawn < percent ? to : from;
}

/** Where a text lies between 0 and 1: the first 32 bits of its hash. */
function placeOf(release: string, key: unknown, world: World): number | undefined {
  if (typeof key !== "string") return undefined;
  const bytes = world.digest("sha256", `${release.length}:${release}${key}`);
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (bytes.length < 4) throw new Error("the digest is too short");
  return (((first * 256 + second) * 256 + third) * 256 + fourth) / 4_294_967_296;
}

export function hostReleases({ releases }: Program): { readonly releases?: readonly HostRelease[] } {
  if (releases === undefined) return {};
  return { releases: releases.map(({ name, to, stop }) => ({ name, next: to, ...(stop && { stop }) })) };
}
