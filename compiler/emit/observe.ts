/** How a gateway is observed: what is fixed as data, what is known at the start as code. A gateway that says nothing of it has neither. */
import type { ObserveData } from "../../runtime/contract/table-data.ts";
import type { Ir } from "../model/ir.ts";
import { code, type Code } from "./code.ts";
import type { LateSetting } from "./late-setting.ts";
import { settingsCode } from "./start-code.ts";
import type { Surroundings } from "./surroundings.ts";

export function observeCode({ settings }: Ir, at: Surroundings): Code | undefined {
  const { observe } = settings;
  if (observe === undefined) return undefined;
  const { door } = observe;
  const late: LateSetting[] = [];
  if (door !== undefined) late.push(["listen", [door.at.kind === "port" ? door.at.port : door.at.path]]);
  if (door?.address !== undefined) late.push(["address", [door.address]]);
  return code`${at.use("observed")}(${settingsCode(late, at)})`;
}

export function observeData({ settings, routes, identities }: Ir): { readonly observe?: ObserveData } {
  const { observe } = settings;
  if (observe === undefined) return {};
  const { door, metrics } = observe;
  const callers = routes.flatMap(({ accept }) => accept.map((caller) => caller.map((one) => identities[one]?.name ?? "").join(" and ")));
  return {
    observe: {
      ...(door === undefined ? {} : { door: door.at.kind }),
      routes: routes.map(({ key, api, version }) => ({
        key,
        ...(api === undefined ? {} : { api }),
        ...(version === undefined ? {} : { version }),
      })),
      callers: [...new Set(callers)],
      ...(metrics === undefined ? {} : { metrics: { buckets: metrics.buckets.map((bucket) => bucket / 1_000) } }),
    },
  };
}
