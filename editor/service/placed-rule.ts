/** A rule of the decision structure or of a trace as people find it again. */
import type { Program, SiteId } from "../../compiler/model/program.ts";
import type { PlacedRule } from "./pictures.ts";
import type { ProgramView } from "./program-view.ts";
import { rangeOf } from "./workspace.ts";

export type PlaceRule = (sites: readonly SiteId[]) => PlacedRule;

export function placeRules(view: ProgramView, program: Program): PlaceRule {
  const statement = (site: SiteId | undefined): Omit<PlacedRule, "through"> => {
    const found = site === undefined ? undefined : program.sites[site];
    const nowhere = { path: view.main, start: 0, end: 0 };
    return found === undefined ? { label: "?", range: nowhere } : { label: found.label, range: rangeOf(view, found.span) };
  };
  return (sites) => ({ ...statement(sites.at(-1)), through: sites.slice(0, -1).map(statement) });
}

/** Of a rule's key in a decision. */
export const sitesOfKey = (key: string): readonly SiteId[] => key.split("/").map(Number);
