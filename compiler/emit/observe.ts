/** How a gateway is observed: what is fixed as data, what is known at the start as code. A gateway that says nothing of it has neither. */
import type { MeasuredLimit } from "../../runtime/contract/observe.ts";
import type { NamesData } from "../../runtime/contract/trace.ts";
import type { ObserveData } from "../../runtime/contract/table-data.ts";
import type { Ir } from "../model/ir.ts";
import type { MetricsSettings } from "../model/observe.ts";
import type { TrafficLimit } from "../model/traffic.ts";
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
  if (observe.metrics?.collector !== undefined) late.push(["metricsTo", [observe.metrics.collector.url]]);
  if (observe.traces?.collector !== undefined) late.push(["tracesTo", [observe.traces.collector]]);
  return code`${at.use("observed")}(${settingsCode(late, at)})`;
}

export function observeData(ir: Ir): { readonly observe?: ObserveData } {
  const { settings, routes, identities } = ir;
  const { observe } = settings;
  if (observe === undefined) return {};
  const { door, metrics, log } = observe;
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
      ...(metrics === undefined || ir.traffic === undefined ? {} : { limits: measuredLimits(ir.traffic, ir.plans) }),
      ...(metrics === undefined ? {} : { metrics: metricsData(metrics) }),
      ...(log === undefined ? {} : { log: { ...log, headers: log.headers.map(({ name }) => name) } }),
    },
  };
}

function measuredLimits(limits: readonly TrafficLimit[], plans: Ir["plans"]): readonly MeasuredLimit[] {
  return limits.map(({ site, name, measure }, at) => {
    const plan = plans?.plans.find((one) => one.limits.includes(at))?.name;
    return { key: String(site), name, kind: measure.kind, ...(plan === undefined ? {} : { plan }) };
  });
}

function metricsData({ buckets, collector }: MetricsSettings): NonNullable<ObserveData["metrics"]> {
  return { buckets: buckets.map((bucket) => bucket / 1_000), ...(collector === undefined ? {} : { every: collector.every }) };
}

/** The runtime's word for what names calls, where the program says something of ids or traces. */
export function namesCode(ir: Ir, { use }: Surroundings): Code | undefined {
  return namesOf(ir) === undefined ? undefined : use("callNames");
}

export function namesData(ir: Ir): { readonly names?: NamesData } {
  const names = namesOf(ir);
  return names === undefined ? {} : { names };
}

function namesOf({ settings: { observe, requestIdClasses, traceClasses = [] } }: Ir): NamesData | undefined {
  const share = observe?.traces?.share;
  if (requestIdClasses === undefined && share === undefined) return undefined;
  const traces = share === undefined ? {} : { traces: { classes: traceClasses, threshold: (1 - share / 100) * 2 ** 52 } };
  return { requestIdClasses: requestIdClasses ?? [], ...traces };
}
