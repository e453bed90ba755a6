/**
 * What a new version of a gateway opens and closes, against an old one. Promises: what is reported was shown by a request that the
 * reference interpreter decides differently; what was neither shown nor ruled out is told apart; all else is decided alike.
 */
import { type AccessDifference, accessDifferences, type ComparedVersion } from "../analyze/diff/access-differences.ts";
import { callRegions } from "../analyze/diff/call-regions.ts";
import { type RoutePair, routePairs } from "../analyze/diff/route-pairs.ts";
import type { TextsShared } from "../analyze/diff/segment-texts.ts";
import { EVERY_ADDRESS } from "../model/address-ranges.ts";
import { FALSE, GIVEN_UP } from "../model/boolean-diagram.ts";
import { lower } from "../lower/index.ts";
import type { Ir } from "../model/ir.ts";
import { placedRoutes } from "../model/placed-route.ts";
import type { Program } from "../model/program.ts";
import type { CallFrame } from "./call-of.ts";
import { type Conditions, conditionsOf } from "./difference-words.ts";
import { possibleAnswers } from "./possible-answers.ts";
import { actingCaller, type Scenario, scenarios } from "./scenario.ts";
import { type KeysOf, sharedKeys } from "./shared-keys.ts";
import { specialised } from "./specialised.ts";
import { type Unlike, unlikeParts } from "./unlike-parts.ts";
import { answeringIn, type Witness, type WitnessSearch, witnessOf } from "./witness.ts";

/** Keys of routes: absent where the version has none for these calls. */
export type Change = {
  readonly kind: "opens" | "closes";
  readonly before?: string;
  readonly after?: string;
  readonly scenario: Scenario;
  readonly addresses: AccessDifference["addresses"];
  readonly conditions: Conditions;
  /** Absent: none was found, so nobody knows whether any call is decided so. */
  readonly witness?: Witness;
  /** Why there is no witness. */
  readonly undecided?: string;
};

export type ProgramDifferences = {
  readonly changes: readonly Change[];
  /** What is said of callers and addresses, not of rules, and differs. */
  readonly unlike: readonly Unlike[];
};

export type Compare = {
  readonly shared: TextsShared;
  /** Values for variables that sources leave open, where a request is tried. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Both have a gateway. */
export async function comparePrograms(before: Program, after: Program, { shared, environment }: Compare): Promise<ProgramDifferences> {
  const unlike = unlikeParts(before, after);
  const changes: Change[] = [];
  let pairs: readonly RoutePair[] | undefined;
  for (const scenario of scenarios(before, after)) {
    if ([before, after].some((program) => lacksStage(program, scenario))) continue;
    const keys = sharedKeys(scenario.caller.length > 1);
    const versions = { before: versionIn(before, scenario, keys, "before"), after: versionIn(after, scenario, keys, "after") };
    const regions = pairs === undefined ? callRegions(versions.before.ir.routes, versions.after.ir.routes, shared) : [];
    if (regions === undefined)
      return { changes, unlike: [...unlike, { what: "paths: there are too many ways in which routes overlap", mayOpen: true }] };
    pairs ??= routePairs(regions);
    const compared = accessDifferences(versions.before, versions.after, pairs, shared);
    const irs = { before: versions.before.ir, after: versions.after.ir };
    const search = { before, after, irs, scenario, compared, shared, environment };
    for (const difference of possibleDifferences(search)) {
      const witness = await witnessOf(difference, search);
      changes.push({
        kind: difference.kind,
        ...keyed("before", irs.before, difference.before),
        ...keyed("after", irs.after, difference.after),
        scenario,
        addresses: difference.addresses,
        conditions: conditionsOf(difference, compared, { before, after }),
        ...(witness === undefined ? { undecided: whyNot(difference) } : { witness }),
      });
    }
  }
  return { changes, unlike };
}

/** Without what no call can be, as far as questions that compare with constants tell. */
function possibleDifferences(search: WitnessSearch): readonly AccessDifference[] {
  const { diagram, asked, differences, conditionOf } = search.compared;
  const possible = possibleAnswers(diagram, asked, answeringIn(anyFrame(search), search));
  return differences.flatMap((difference) => {
    if (difference.when === GIVEN_UP) return [difference];
    const when = possible(difference.when);
    const regions = difference.regions.filter((region) => diagram.and(when, conditionOf(region)) !== FALSE);
    return when === FALSE ? [] : [{ ...difference, when, never: possible(difference.never), regions }];
  });
}

/** Of any call of the scenario. */
function anyFrame({ before, after, scenario }: WitnessSearch): CallFrame {
  const identities = scenario.caller.flatMap((name) => [...after.identities, ...before.identities].find((one) => one.name === name) ?? []);
  const region = { method: "GET", path: [] } as const;
  return { region, from: "192.0.2.1", addresses: EVERY_ADDRESS, scenario, identities, body: undefined, wantedVersion: [] };
}

/** A stage that one version knows and the other does not: there is nothing to compare it with. */
function lacksStage({ stages }: Program, { stage }: Scenario): boolean {
  return stages.length > 0 && stage !== undefined && !stages.includes(stage);
}

function versionIn(program: Program, scenario: Scenario, keys: KeysOf, version: "before" | "after"): ComparedVersion {
  const ir = lower(specialised(program, scenario));
  const placed = placedRoutes(program.gateway);
  const isKnown = ir.routes.map(({ isPublic }, at) => {
    const accept = placed[at]?.accept ?? [];
    return isPublic || accept.length === 0 || actingCaller(scenario.caller, accept) !== undefined;
  });
  return { ir, keyOf: keys(program, version), isKnown, door: scenario.door };
}

function keyed<Name extends "before" | "after">(
  name: Name,
  { routes }: Ir,
  number: number | undefined,
): { readonly [Key in Name]?: string } {
  const key = routes[number ?? -1]?.key;
  return (key === undefined ? {} : { [name]: key }) as { readonly [Key in Name]?: string };
}

function whyNot({ when, regions }: AccessDifference): string {
  if (when === GIVEN_UP) return "the conditions of both versions together are too large to be worked out";
  if (regions.every(({ path }) => path.some(({ sample }) => sample === undefined)))
    return "no path was found that fits these routes and none before them; perhaps there is none";
  return "no request was found that shows it; perhaps its conditions exclude each other";
}
