/** Whether the keys of identities can be had that others publish. What was good once counts, as it does for calls. */
import type { HostKeys } from "../../../contract/observe.ts";
import type { World } from "../../../contract/world.ts";
import type { Check } from "../../../observe/readiness.ts";

export function keyChecks(keys: readonly HostKeys[], { keySet, issuerKeys }: World): readonly Check[] {
  return keys.map(({ identity, kind, at }) => ({
    kind: "keys",
    name: identity,
    look: async () => {
      const found = await (kind === "set" ? keySet(at, false) : issuerKeys(at, false));
      return found === undefined ? "its keys cannot be had" : undefined;
    },
  }));
}
