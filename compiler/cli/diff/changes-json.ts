/** What a change opens and closes, for programs. The form is frozen by `format`: members are added, never changed. */
import type { ChangeGroup } from "../../diff/change-groups.ts";
import type { Witness } from "../../diff/witness.ts";
import type { Unlike } from "../../diff/unlike-parts.ts";
import { decisionJson } from "../explanation-json.ts";
import { explainCommand, type Versions } from "./print-changes.ts";

export function changesJson(groups: readonly ChangeGroup[], unlike: readonly Unlike[], { before, after }: Versions): string {
  const witnessJson = (witness: Witness): object => ({
    request: witness.request,
    ...(Object.keys(witness.environment).length === 0 ? {} : { environment: witness.environment }),
    command: explainCommand(witness),
    before: decisionJson(witness.before, before.placeRule),
    after: decisionJson(witness.after, after.placeRule),
  });
  const report = {
    format: "gwl-diff/1",
    before: before.name,
    after: after.name,
    changes: groups.map(({ kind, before: old, after: young, callers, stages, doors, from, addresses, conditions, witness, undecided }) => ({
      kind,
      isCertain: witness !== undefined,
      ...(old === undefined ? {} : { before: old }),
      ...(young === undefined ? {} : { after: young }),
      callers,
      ...(stages === undefined ? {} : { stages }),
      ...(doors === undefined ? {} : { doors }),
      addresses: from === "" ? "all" : addresses,
      conditions: conditions.any,
      isWhole: conditions.isWhole,
      ...(witness === undefined ? {} : { witness: witnessJson(witness) }),
      ...(undecided === undefined ? {} : { undecided }),
    })),
    unlike,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
