/**
 * What one caller may do at one door by one version of a gateway and not by the other. Promises: whatever is not among the
 * differences is decided alike; a difference is possible as far as questions are independent, and a request has to show that it is.
 */
import type { AddressSet } from "../../model/address-ranges.ts";
import { union } from "../../model/address-ranges.ts";
import { type BooleanDiagram, FALSE, GIVEN_UP } from "../../model/boolean-diagram.ts";
import { type AskingIr, type Asked, sharedVariables } from "../question-variables.ts";
import { type Admitting, type Admission, admission } from "./admission.ts";
import type { CallRegion } from "./call-regions.ts";
import { jointClasses } from "./joint-classes.ts";
import { anyRegion, type RegionCondition, regionConditions, type RoutePair } from "./route-pairs.ts";
import type { TextsShared } from "./segment-texts.ts";

export type ComparedVersion = Admitting & AskingIr;

export type AccessDifference = {
  readonly kind: "opens" | "closes";
  readonly before?: number;
  readonly after?: number;
  readonly addresses: AddressSet;
  /** A function of the diagram; `GIVEN_UP` where it was too large to be worked out. */
  readonly when: number;
  /** Calls that are not of it; what is in neither is no call. */
  readonly never: number;
  /** Those in which it can be. */
  readonly regions: readonly CallRegion[];
};

export type AccessDifferences = {
  readonly diagram: BooleanDiagram;
  readonly asked: ReadonlyMap<number, Asked>;
  readonly conditionOf: RegionCondition;
  readonly differences: readonly AccessDifference[];
};

/** Steps granted to one pair of routes. */
const STEPS = 1_000_000;

export function accessDifferences(
  before: ComparedVersion,
  after: ComparedVersion,
  pairs: readonly RoutePair[],
  shared: TextsShared,
): AccessDifferences {
  const variables = sharedVariables([before, after]);
  const { diagram, asked } = variables;
  const versions: Versions = { before: admission(before, variables.of(before)), after: admission(after, variables.of(after)) };
  const conditionOf = regionConditions(diagram, asked, { before: before.ir, after: after.ir }, shared);
  const classes = jointClasses(before.ir.classes, after.ir.classes);
  const differences = pairs.flatMap((pair) => {
    diagram.grant(STEPS);
    const found = differencesOf(pair, versions, { diagram, classes });
    if (found.length === 0) return [];
    const conditions = pair.regions.map((region) => ({ region, when: conditionOf(region) }));
    return found.flatMap((one) => within(one, conditions, diagram));
  });
  diagram.grant(Number.POSITIVE_INFINITY);
  return { diagram, asked, conditionOf, differences };
}

type Versions = { readonly before: Admission; readonly after: Admission };
type Space = { readonly diagram: BooleanDiagram; readonly classes: ReturnType<typeof jointClasses> };
type Found = Omit<AccessDifference, "regions" | "never">;

function differencesOf({ before, after }: RoutePair, versions: Versions, { diagram, classes }: Space): readonly Found[] {
  const found = new Map<string, Found>();
  const byCells = new Map<string, readonly [opens: number, closes: number]>();
  for (const one of classes) {
    const cells = `${cellsOf(versions.before, before, one.before)} ${cellsOf(versions.after, after, one.after)}`;
    const known =
      byCells.get(cells) ?? bothWays(when(versions.before, before, one.before), when(versions.after, after, one.after), diagram);
    byCells.set(cells, known);
    for (const [at, kind] of (["opens", "closes"] as const).entries()) {
      const function_ = known[at] ?? FALSE;
      if (function_ === FALSE) continue;
      const key = `${kind} ${function_}`;
      const addresses = found.get(key)?.addresses;
      found.set(key, {
        kind,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        addresses: addresses === undefined ? one.addresses : union(addresses, one.addresses),
        when: function_,
      });
    }
  }
  return [...found.values()];
}

function cellsOf(version: Admission, route: number | undefined, one: number): string {
  return route === undefined ? "" : version.cellsOf(route, one);
}

function when(version: Admission, route: number | undefined, one: number): number {
  return route === undefined ? FALSE : version.when(route, one);
}

function bothWays(before: number, after: number, diagram: BooleanDiagram): readonly [opens: number, closes: number] {
  if (before === after && before !== GIVEN_UP) return [FALSE, FALSE];
  return [diagram.and(after, diagram.not(before)), diagram.and(before, diagram.not(after))];
}

type Conditioned = { readonly region: CallRegion; readonly when: number };

function within(found: Found, conditions: readonly Conditioned[], diagram: BooleanDiagram): readonly AccessDifference[] {
  if (found.when === GIVEN_UP) return [{ ...found, never: GIVEN_UP, regions: conditions.map(({ region }) => region) }];
  const possible = conditions.filter((one) => diagram.and(found.when, one.when) !== FALSE);
  if (possible.length === 0) return [];
  const inAny = anyRegion(
    diagram,
    possible.map((one) => one.when),
  );
  const when = diagram.and(found.when, inAny);
  return [{ ...found, when, never: diagram.not(when), regions: possible.map(({ region }) => region) }];
}
