/** Changes that are alike but for who calls, by which door and in which stage, told as one. */
import { cidrsOf } from "../model/address-ranges.ts";
import type { Program } from "../model/program.ts";
import { addressWords } from "./address-words.ts";
import type { Change } from "./compare-programs.ts";
import type { Scenario } from "./scenario.ts";

/** `stages` and `doors`: absent where all are meant. `from`: empty for all addresses. */
export type ChangeGroup = Omit<Change, "scenario" | "addresses"> & {
  readonly callers: readonly Scenario["caller"][];
  readonly stages?: readonly string[];
  /** `listen` is the gateway's own. */
  readonly doors?: readonly string[];
  readonly from: string;
  readonly addresses: readonly string[];
};

type Open = { change: Change; callers: readonly Scenario["caller"][]; stages: readonly string[]; doors: readonly string[]; from: string };

/** In the order of the changes; what opens first, then what may, then what closes. */
export function changeGroups(changes: readonly Change[], programs: Programs): readonly ChangeGroup[] {
  const single = changes.map((change): Open => {
    const { caller, stage, door } = change.scenario;
    return {
      change,
      callers: [caller],
      stages: stage === undefined ? [] : [stage],
      doors: [door ?? "listen"],
      from: addressWords(change.addresses, programs),
    };
  });
  const byCaller = merged(single, ({ stages, doors }) => [stages, doors]);
  const byStage = merged(byCaller, ({ callers, doors }) => [callers, doors]);
  const byDoor = merged(byStage, ({ callers, stages }) => [callers, stages]);
  const all = { stages: stagesOf(programs), doors: doorsOf(programs) };
  return byDoor
    .map(({ change: { kind, before, after, addresses, conditions, witness, undecided }, callers, stages, doors, from }) => ({
      kind,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      callers,
      ...(stages.length === all.stages.length ? {} : { stages }),
      ...(doors.length === all.doors.length ? {} : { doors }),
      from,
      addresses: cidrsOf(addresses),
      conditions,
      ...(witness === undefined ? {} : { witness }),
      ...(undecided === undefined ? {} : { undecided }),
    }))
    .toSorted((a, b) => rank(a) - rank(b));
}

function rank({ kind, witness }: ChangeGroup): number {
  return (kind === "opens" ? 0 : 2) + (witness === undefined ? 1 : 0);
}

function merged(groups: readonly Open[], restOf: (group: Open) => unknown): readonly Open[] {
  const found = Map.groupBy(groups, (group) => {
    const { kind, before, after, conditions, undecided } = group.change;
    return JSON.stringify([kind, before, after, conditions, undecided, group.from, restOf(group)]);
  });
  return [...found.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const together = <Of>(pick: (group: Open) => readonly Of[]): readonly Of[] => [
      ...new Map(alike.flatMap(pick).map((one) => [JSON.stringify(one), one])).values(),
    ];
    return [
      {
        ...first,
        callers: together((group) => group.callers),
        stages: together((group) => group.stages),
        doors: together((group) => group.doors),
      },
    ];
  });
}

type Programs = { readonly before: Program; readonly after: Program };

/** Those in which both can be compared. */
function stagesOf({ before, after }: Programs): readonly string[] {
  if (before.stages.length === 0) return after.stages;
  return after.stages.length === 0 ? before.stages : after.stages.filter((stage) => before.stages.includes(stage));
}

function doorsOf({ before, after }: Programs): readonly string[] {
  const names = [before, after].flatMap(({ gateway, entries }) => [
    ...(gateway?.listen === undefined ? [] : ["listen"]),
    ...entries.map(({ name }) => name),
  ]);
  return [...new Set(names)];
}
