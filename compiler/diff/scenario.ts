/** Who calls, by which door, in which stage: what a comparison fixes before it asks about all else. */
import type { AcceptedCaller, Program } from "../model/program.ts";
import { allLevels } from "../model/placed-route.ts";

export type Scenario = {
  /** Absent: the program knows no stages. */
  readonly stage?: string;
  /** The identities that the caller proves; none: nobody is known. */
  readonly caller: AcceptedCaller;
  /** An entry; absent: the gateway's own `listen`. */
  readonly door?: string;
};

/** Each stage, caller and door that one of the two knows. Callers with several identities: those that are accepted together somewhere. */
export function scenarios(before: Program, after: Program): readonly Scenario[] {
  const both = [before, after];
  const stages = distinct(both.flatMap((program) => program.stages));
  const callers = distinct([[], ...both.flatMap(acceptedCallers)]);
  const doors = distinct([
    ...(both.some(hasOwnDoor) ? [undefined] : []),
    ...both.flatMap(({ entries }) => entries.map(({ name }) => name)),
  ]);
  return (stages.length === 0 ? [undefined] : stages).flatMap((stage) =>
    callers.flatMap((caller) =>
      doors
        .filter((door) => both.some((program) => canProve(caller, door, program)))
        .map((door) => ({ ...(stage === undefined ? {} : { stage }), caller, ...(door === undefined ? {} : { door }) })),
    ),
  );
}

function distinct<Of>(all: readonly Of[]): readonly Of[] {
  return [...new Map(all.map((one) => [JSON.stringify(one) ?? "", one])).values()];
}

function hasOwnDoor({ gateway }: Program): boolean {
  return gateway?.listen !== undefined;
}

function acceptedCallers({ gateway }: Program): readonly AcceptedCaller[] {
  return allLevels(gateway).flatMap(({ accept }) => (accept ?? []).map((caller) => caller.toSorted()));
}

/** Certificates are shown at one door. */
function canProve(caller: AcceptedCaller, door: string | undefined, { identities }: Program): boolean {
  return caller.every((name) => identities.some((one) => one.name === name && (one.kind !== "mtls" || one.entry === door)));
}

/** The caller that a route takes this one for: exactly one of those that it accepts must be proved (D121). Undefined: none. */
export function actingCaller(caller: AcceptedCaller, accepted: readonly AcceptedCaller[]): AcceptedCaller | undefined {
  const proved = accepted.filter((one) => one.every((identity) => caller.includes(identity)));
  return proved.length === 1 ? proved[0] : undefined;
}
