/** An `override` needs the permission of its policy and something to lift (D9). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Override } from "../../model/program.ts";
import { notOverridable, overrideLiftsNothing } from "./access.diagnostics.ts";
import { allLevels, type Level, type PlacedRoute } from "../../model/placed-route.ts";
import { factsOf, lifts, maySelect, type StatedRule, type Survey } from "./rules-in-force.ts";

export function checkOverrides(survey: Survey): readonly Diagnostic[] {
  const below = routesBelow(survey);
  return allLevels(survey.program.gateway).flatMap((level) =>
    level.access.flatMap((statement) =>
      statement.kind === "override" ? checkOverride(survey, statement, level, below.get(level) ?? []) : [],
    ),
  );
}

function checkOverride(survey: Survey, override: Override, level: Level, routes: readonly PlacedRoute[]): readonly Diagnostic[] {
  const policy = survey.policies.get(override.policy);
  const span = survey.program.sites[override.site]?.span ?? level.span;
  if (policy === undefined) return [];
  if (!policy.overridable) {
    return [finding(notOverridable, span, { policy: policy.name }, [{ span: policy.span, message: "declared without `overridable`" }])];
  }
  if (routes.some((placed) => outerRules(survey, placed, level).some((stated) => lifts(override, stated, survey.keyOf)))) return [];
  const named = routes
    .flatMap((placed) => outerRules(survey, placed, level))
    .find((stated) => lifts(withoutArguments(override), stated, survey.keyOf));
  const used = named?.through.find((use) => use.policy === policy);
  const usedAt = used && survey.program.sites[used.site]?.span;
  if (usedAt !== undefined) {
    const why = `\`${policy.name}\` is used with other arguments`;
    return [finding(overrideLiftsNothing, span, { policy: policy.name, why }, [{ span: usedAt, message: "used here" }])];
  }
  const why = `no level around brings a \`deny\` or \`require\` by \`${policy.name}\``;
  return [finding(overrideLiftsNothing, span, { policy: policy.name, why }, [{ span: policy.span, message: "declared here" }])];
}

/** Denies and requires that levels around `level` state for the route. */
function outerRules(survey: Survey, placed: PlacedRoute, level: Level): readonly StatedRule[] {
  const calls = factsOf(placed, "anybody");
  return placed.levels
    .slice(0, placed.levels.indexOf(level))
    .flatMap((outer) => survey.statedAt(outer))
    .filter(({ rule, where }) => rule.effect !== "allow" && calls.some((facts) => maySelect(where, facts)));
}

function withoutArguments({ kind, site, policy, because }: Override): Override {
  return { kind, site, policy, because };
}

function routesBelow(survey: Survey): ReadonlyMap<Level, readonly PlacedRoute[]> {
  const below = new Map<Level, PlacedRoute[]>();
  for (const placed of survey.routes) {
    for (const level of placed.levels) {
      const known = below.get(level);
      if (known === undefined) below.set(level, [placed]);
      else known.push(placed);
    }
  }
  return below;
}
