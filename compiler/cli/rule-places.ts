/** A rule as people find it again: the statement that decides, and the ways by which it came to the route. */
import type { Program, SiteId } from "../model/program.ts";
import type { PlaceOf } from "./shown-files.ts";

/** `at`: `file:line`. */
export type PlacedStatement = { readonly label: string; readonly at: string };
/** `through`: the `use`s and `apply`s that brought it, outermost first. */
export type PlacedRule = PlacedStatement & { readonly through: readonly PlacedStatement[] };

export type PlaceRule = (sites: readonly SiteId[]) => PlacedRule;

export function rulePlaces(program: Program, placeOf: PlaceOf): PlaceRule {
  const statement = (site: SiteId | undefined): PlacedStatement => {
    const found = site === undefined ? undefined : program.sites[site];
    return found === undefined ? { label: "?", at: "?" } : { label: found.label, at: placeOf(found.span) };
  };
  return (sites) => ({ ...statement(sites.at(-1)), through: sites.slice(0, -1).map(statement) });
}

/** Of a rule's key in a decision. */
export function sitesOf(key: string): readonly SiteId[] {
  return key.split("/").map(Number);
}
