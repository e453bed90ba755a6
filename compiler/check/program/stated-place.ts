/** Where to point for a rule: at the level that states it, with the policy that says it as the second place. */
import type { Related } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { SiteId } from "../../model/program.ts";
import type { StatedRule, Survey } from "./rules-in-force.ts";

export type StatedPlace = { readonly site: SiteId; readonly span: Span; readonly related: readonly Related[] };

export function placeOf({ program }: Survey, { rule, level, through }: StatedRule): StatedPlace {
  const [use] = through;
  const site = use?.site ?? rule.site;
  const span = program.sites[site]?.span ?? level.span;
  const said = program.sites[rule.site]?.span;
  return { site, span, related: use === undefined || said === undefined ? [] : [{ span: said, message: "the rule that it brings" }] };
}
