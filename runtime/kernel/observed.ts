/** How a gateway is observed, once stage and environment are known. Only handlers of gateways that say so bring it. */
import type { HostKeys, HostMetrics, HostObserve } from "../contract/observe.ts";
import type { ObserveData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import type { LateCode, StartCode, StartObserve } from "./code.ts";
import { shown } from "./configuration.ts";
import { parseAddress } from "./ip.ts";
import { lateValues, readPort } from "./late-values.ts";

export function observed(code: LateCode): StartObserve {
  return (bound, start, problems) => {
    const { observe } = bound.data;
    if (observe === undefined) return undefined;
    const late = lateValues(code, bound);
    const { routes, callers, limits, metrics, log } = observe;
    const stage = bound.stage === undefined ? {} : { stage: bound.stage };
    return {
      ...(observe.door === undefined ? {} : { door: doorOf(observe.door, late, problems) }),
      measured: { gateway: bound.data.name, ...stage, routes, callers, ...(limits === undefined ? {} : { limits }) },
      keys: publishedKeys(bound, start),
      ...(log === undefined ? {} : { log }),
      ...(metrics === undefined ? {} : { metrics: metricsOf(metrics, late, problems) }),
      ...(late["tracesTo"] === undefined ? {} : { tracesTo: collectorAt(late["tracesTo"], "traces", problems) }),
    };
  };
}

/** Those that a token is checked with and that others publish. */
function publishedKeys(bound: Bound, { identities }: StartCode): readonly HostKeys[] {
  return bound.data.identities.flatMap((identity, at): readonly HostKeys[] => {
    const text = (setting: string): string => String(lateValues(identities[at], bound)[setting]?.[0] ?? "");
    const { name, kind } = identity;
    if (kind === "oidc") return [{ identity: name, kind: "issuer", at: text("issuer") }];
    if (kind === "jwt" && identity.keys.kind === "url") return [{ identity: name, kind: "set", at: text("keysUrl") }];
    return [];
  });
}

type Late = ReturnType<typeof lateValues>;

function metricsOf({ buckets, every }: NonNullable<ObserveData["metrics"]>, late: Late, problems: string[]): HostMetrics {
  const { metricsTo } = late;
  return {
    buckets,
    ...(metricsTo === undefined || every === undefined ? {} : { to: { url: collectorAt(metricsTo, "metrics", problems), every } }),
  };
}

/** Without a slash at its end. */
function collectorAt([value]: readonly unknown[], word: string, problems: string[]): string {
  const text = String(value ?? "");
  if (value !== undefined && !/^https?:\/\/[^/?#]+(?:\/[^?#]*)?$/.test(text))
    problems.push(`\`otlp\` of \`${word}\` is ${shown(text)}: expected \`http://HOST[:PORT][/PATH]\` without a query`);
  return text.replace(/\/+$/, "");
}

function doorOf(kind: NonNullable<ObserveData["door"]>, { listen, address }: Late, problems: string[]): NonNullable<HostObserve["door"]> {
  const at = kind === "port" ? { kind, port: readPort(listen?.[0], problems) } : { kind, path: String(listen?.[0] ?? "") };
  const said = address?.[0];
  const own = typeof said === "string" ? said : "127.0.0.1";
  if (parseAddress(own) === undefined) problems.push(`\`address\` of \`observe\` is ${shown(own)}: expected an IP address of this machine`);
  return { at, address: own };
}
