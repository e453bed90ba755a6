/** `public` and an `allow` at one level contradict each other (D7). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { publicBesideAllow } from "./access.diagnostics.ts";
import { allLevels } from "../../model/placed-route.ts";
import type { Survey } from "./rules-in-force.ts";
import { placeOf } from "./stated-place.ts";

export function checkPublicBesideAllow(survey: Survey): readonly Diagnostic[] {
  return allLevels(survey.program.gateway).flatMap((level) => {
    const open = level.access.find((statement) => statement.kind === "public");
    const allow = open && survey.statedAt(level).find(({ rule }) => rule.effect === "allow");
    if (open === undefined || allow === undefined) return [];
    const place = placeOf(survey, allow);
    const openedAt = survey.program.sites[open.site]?.span ?? level.span;
    return [finding(publicBesideAllow, place.span, {}, [...place.related, { span: openedAt, message: "everybody may call, says this" }])];
  });
}
