/** The gateway, its apis, groups and routes as a tree, each route with who may call it. */
import type { Level } from "../../compiler/model/placed-route.ts";
import { describeLevel } from "./describe-level.ts";
import { whoOf } from "./describe-access.ts";
import type { RouteTree } from "./pictures.ts";
import type { Breath } from "./program-view.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";

export async function routeTree(workspace: Workspace, path: string, breath: Breath): Promise<RouteTree | undefined> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return undefined;
  const whole = await seen.whole();
  const who = whoOf(whole);
  return whole.program.gateway && treeOf(whole.program.gateway, seen, who);
}

function treeOf(level: Level, seen: FileView, who: ReadonlyMap<string, string>): RouteTree {
  const may = level.level === "route" ? who.get(level.key) : undefined;
  return {
    kind: level.level,
    label: describeLevel(level),
    range: rangeOf(seen.view, level.span),
    ...(may === undefined ? {} : { who: may }),
    children: level.level === "route" ? [] : level.children.map((child) => treeOf(child, seen, who)),
  };
}
