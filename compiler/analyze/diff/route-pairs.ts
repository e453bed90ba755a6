/** Regions of calls by the routes that take them, and what a region says of questions: the method, and texts of parameters. */
import { type BooleanDiagram, FALSE, TRUE } from "../../model/boolean-diagram.ts";
import type { Ir, IrRoute } from "../../model/ir.ts";
import type { Type } from "../../model/types.ts";
import type { Asked } from "../question-variables.ts";
import type { CallRegion } from "./call-regions.ts";
import type { TextsShared } from "./segment-texts.ts";

/** Routes by number, in the version before and the one after. */
export type RoutePair = { readonly before?: number; readonly after?: number; readonly regions: readonly CallRegion[] };

/** In the order of the routes after, then of those before. */
export function routePairs(regions: readonly CallRegion[]): readonly RoutePair[] {
  const pairs = Map.groupBy(regions, ({ before, after }) => `${before ?? ""} ${after ?? ""}`);
  const found = [...pairs.values()].map((some): RoutePair => {
    const { before, after } = some[0] ?? {};
    return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), regions: some };
  });
  const last = Number.MAX_SAFE_INTEGER;
  return found.toSorted((a, b) => (a.after ?? last) - (b.after ?? last) || (a.before ?? last) - (b.before ?? last));
}

/** What parameters are called at their place in the path, in both versions. */
export function placedParameter(at: number): string {
  return `segment ${at}`;
}

/** A function that is true of every call of the region, and false where it is known that no call of it is so. */
export type RegionCondition = (region: CallRegion) => number;

export function regionConditions(
  diagram: BooleanDiagram,
  asked: ReadonlyMap<number, Asked>,
  { before, after }: { readonly before: Ir; readonly after: Ir },
  shared: TextsShared,
): RegionCondition {
  const values = [...asked].flatMap(([variable, one]) => (one.kind === "value" && !one.isCollection ? [{ ...one, variable }] : []));
  const methods = values.filter(({ subject }) => subject.op === "method");
  const parameters = Map.groupBy(
    values.filter(({ subject }) => subject.op === "pathParam"),
    ({ subject }) => (subject.op === "pathParam" ? subject.name : ""),
  );
  const is = (variable: number, isTrue: boolean): number => (isTrue ? diagram.variable(variable) : diagram.not(diagram.variable(variable)));

  const ofMethod = ({ method }: CallRegion, routes: readonly IrRoute[]): number => {
    if (!routes.some((route) => route.method === "ANY")) return TRUE;
    const seen = method === "HEAD" ? "GET" : method;
    return methods.map(({ variable, value }) => is(variable, value === seen)).reduce(diagram.and, TRUE);
  };
  const ofSegment = ({ path }: CallRegion, at: number, types: readonly Type[]): number => {
    const text = path[at];
    const known = parameters.get(placedParameter(at)) ?? [];
    const conditions = known.flatMap(({ variable, value }) => {
      if (text?.literal !== undefined) return [is(variable, String(value) === text.literal)];
      const isOther = text?.isNot.includes(String(value)) === true;
      const isMisfit = types.some((type) => shared({ kind: "literals", values: [String(value)] }, type).kind === "none");
      return isOther || isMisfit ? [is(variable, false)] : [];
    });
    return conditions.reduce(diagram.and, TRUE);
  };

  return (region) => {
    const routes = [before.routes[region.before ?? -1], after.routes[region.after ?? -1]].filter((route) => route !== undefined);
    const ofSegments = region.path.map((_, at) => {
      const types = routes.flatMap((route) => {
        const segment = route.path[at];
        return segment?.kind === "param" ? [segment.type] : [];
      });
      return types.length === 0 ? TRUE : ofSegment(region, at, types);
    });
    return [ofMethod(region, routes), ...ofSegments].reduce(diagram.and, TRUE);
  };
}

/** True where the call may be in any of the regions. */
export function anyRegion(diagram: BooleanDiagram, conditions: readonly number[]): number {
  if (conditions.includes(TRUE)) return TRUE;
  return [...new Set(conditions)].reduce(diagram.or, FALSE);
}
