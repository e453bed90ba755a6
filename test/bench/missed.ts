/** Why a goal was missed when somebody looked into it, by the beginning of its line. */
const reasons: readonly (readonly [what: string, why: string])[] = [];

export function whyMissed(what: string): string {
  return reasons.find(([start]) => what.startsWith(start))?.[1] ?? "Not looked into: the machine may have been busy.";
}
