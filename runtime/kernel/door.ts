/**
 * What the door says that a call came by (D170): the policy of its entry, which is asked beside the rules of the route. Promises that a private
 * route is reached by an entry that admits the call, or not at all.
 */
import type { Arrival } from "./arrival.ts";
import { anyRuleOf, cellParts, noRules, rulesOf } from "./cell-rules.ts";
import type { Refused } from "./progress.ts";
import type { Running } from "./running.ts";

const notAdmitted: Refused = { cause: "not-admitted" };

/** Before anybody is asked who calls. */
export function turnedAway(run: Running, { call, route, entry, entryCell }: Arrival): Refused | undefined {
  if (entry === undefined) return route.data.isPrivate ? notAdmitted : undefined;
  const denies = rulesOf(run, entryCell, cellParts.deniesOfRequest, call);
  if (denies.length > 0) return { cause: "rule", rules: denies };
  if (run.bound.data.entries[entry]?.asksCaller !== false) return undefined;
  return anyRuleOf(run, entryCell, cellParts.allowsOfRequest, call) ? undefined : notAdmitted;
}

/** With the rules about the caller: what of the entry's denies reads the principal. */
export function deniesOfDoor(run: Running, { call, entry, entryCell }: Arrival): readonly number[] {
  return entry === undefined ? noRules : rulesOf(run, entryCell, cellParts.deniesOfPrincipal, call);
}

/** Once all is known of the caller. */
export function notLetIn(run: Running, { call, entry, entryCell }: Arrival): Refused | undefined {
  if (entry === undefined) return undefined;
  const isAdmitted = ([cellParts.allowsOfRequest, cellParts.allowsOfPrincipal] as const).some((part) =>
    anyRuleOf(run, entryCell, part, call),
  );
  return isAdmitted ? undefined : notAdmitted;
}
