/** All routes as one tree of segments, with the methods where a path ends. */
import { pathOfRoute } from "../../runtime/contract/route-key.ts";
import type { Ir, IrRoute } from "../model/ir.ts";
import type { DrawnNode } from "./drawn-tree.ts";

type Shape = { readonly below: Map<string, Shape>; readonly routes: IrRoute[] };

/** Segments of which only one leads on are drawn as one. `most`: leaves that are drawn; the text of the last one says how many are not. */
export function pathTree(ir: Ir, most: number): DrawnNode {
  const root: Shape = { below: new Map(), routes: [] };
  for (const route of ir.routes.slice(0, most)) {
    let at = root;
    for (const part of pathOfRoute(route.key)
      .split("/")
      .filter((one) => one !== "")) {
      const next = at.below.get(part) ?? { below: new Map(), routes: [] };
      at.below.set(part, next);
      at = next;
    }
    at.routes.push(route);
  }
  const more = ir.routes.length - most;
  const drawn = drawnShape("/", root);
  if (more <= 0) return drawn;
  return { ...drawn, children: [...drawn.children, { text: `${more.toLocaleString("en")} more routes`, kind: "more", children: [] }] };
}

function drawnShape(text: string, { below, routes }: Shape): DrawnNode {
  const [only] = below;
  if (routes.length === 0 && below.size === 1 && only !== undefined)
    return drawnShape(text === "/" ? `/${only[0]}` : `${text}/${only[0]}`, only[1]);
  const ends = routes.map((route): DrawnNode => {
    const access = route.isPublic ? "public" : route.accept.length === 0 ? "nobody is asked who calls" : "callers are known";
    return { text: route.method, kind: "route", title: `${route.key}: ${access}`, children: [] };
  });
  return { text, kind: "plain", children: [...ends, ...[...below].map(([part, shape]) => drawnShape(part, shape))] };
}
