/** How a gateway is observed, once stage and environment are known. Only handlers of gateways that say so bring it. */
import type { HostObserve } from "../contract/observe.ts";
import type { ObserveData } from "../contract/table-data.ts";
import type { LateCode, StartObserve } from "./code.ts";
import { shown } from "./configuration.ts";
import { parseAddress } from "./ip.ts";
import { lateValues, readPort } from "./late-values.ts";

export function observed(code: LateCode): StartObserve {
  return (bound, problems) => {
    const { observe } = bound.data;
    if (observe === undefined) return undefined;
    const late = lateValues(code, bound);
    const { routes, callers, metrics } = observe;
    return {
      ...(observe.door === undefined ? {} : { door: doorOf(observe.door, late, problems) }),
      measured: { gateway: bound.data.name, ...(bound.stage === undefined ? {} : { stage: bound.stage }), routes, callers },
      ...(metrics === undefined ? {} : { metrics }),
    };
  };
}

function doorOf(
  kind: NonNullable<ObserveData["door"]>,
  { listen, address }: ReturnType<typeof lateValues>,
  problems: string[],
): NonNullable<HostObserve["door"]> {
  const at = kind === "port" ? { kind, port: readPort(listen?.[0], problems) } : { kind, path: String(listen?.[0] ?? "") };
  const said = address?.[0];
  const own = typeof said === "string" ? said : "127.0.0.1";
  if (parseAddress(own) === undefined) problems.push(`\`address\` of \`observe\` is ${shown(own)}: expected an IP address of this machine`);
  return { at, address: own };
}
