/** Whether stores count, where they are to (one that keeps answers may be away): by a count of a key that no limit has, which is all that limits ask of them, and which is forgotten by itself. */
import type { HostStore, SharedMeasure } from "../../../contract/shared-counts.ts";
import type { World } from "../../../contract/world.ts";
import type { Check } from "../../../observe/readiness.ts";

const key = "gwl:readiness";
const measure: SharedMeasure = { kind: "throttle", count: 1_000, seconds: 1, burst: 1_000 };

export function storeChecks(stores: readonly HostStore[], { shared }: Pick<World, "shared">): readonly Check[] {
  if (shared === undefined) return [];
  return stores.map(({ name }) => ({
    kind: "store",
    name,
    look: async () => {
      const [count = "away"] = await shared.count([{ store: name, key, measure }]);
      return count === "away" ? "it gives no answer" : undefined;
    },
  }));
}
