/** Whether the lists of networks were read since the start. One that was read once serves through whatever comes after: the log and figures tell of that. */
import type { NetworkList } from "../../../contract/network-lists.ts";
import type { World } from "../../../contract/world.ts";
import type { Check } from "../../../observe/readiness.ts";

export function listChecks(lists: readonly NetworkList[], { networks }: Pick<World, "networks">): readonly Check[] {
  return lists.map(({ name }) => ({
    kind: "list",
    name,
    look: () =>
      Promise.resolve(networks?.().has(name) === true ? undefined : "it was not read since the start: the one of the build is in use"),
  }));
}
