/** The tag of the route at hand: the nearest level's, and where its value depends on the stage, that of the stage. */
import type { Scene } from "./scene.ts";
import { own } from "./values.ts";

export function tagOf(name: string, { route, stage }: Scene): string | undefined {
  const value = route && own(route.tags, name);
  return typeof value === "object" ? own(value, stage ?? "") : value;
}
