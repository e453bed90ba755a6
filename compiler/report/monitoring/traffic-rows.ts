/** What a dashboard shows of limits, of answers that are kept and of releases, where a gateway has these. */
import type { Ir } from "../../model/ir.ts";
import type { Panel, Row } from "./panels.ts";
import { rate, type Select, sumBy } from "./promql.ts";

export function trafficRows(ir: Ir, of: Select): readonly Row[] {
  return [
    ...(ir.traffic === undefined ? [] : [limits(of, ir.plans !== undefined)]),
    ...(ir.routes.some(({ cache }) => cache !== undefined) ? [cache(of)] : []),
    ...(ir.releases === undefined ? [] : [releases(of)]),
  ];
}

function limits(of: Select, hasPlans: boolean): Row {
  const refused = of("gwl_limit_refusals_total");
  const by = (title: string, labels: string, legend: string, series = refused): Panel => ({
    title,
    about: "Calls that a limit refused.",
    unit: "reqps",
    queries: [{ expr: sumBy(labels, rate(series)), legend }],
  });
  return {
    title: "Limits",
    panels: [
      by("Refused by kind", "kind", "{{kind}}"),
      by("Refused by limit", "route, limit", "{{limit}}: {{route}}"),
      ...(hasPlans ? [by("Refused by plan", "plan, kind", "{{plan}}: {{kind}}", of("gwl_limit_refusals_total", ["plan", "!=", ""]))] : []),
    ],
  };
}

function cache(of: Select): Row {
  const all = of("gwl_cache_requests_total");
  const bytes = { title: "Kept", about: "Memory of all processes; what is in a store is not in it.", unit: "bytes" };
  const gone = { title: "Answers that went", about: "For want of room, or since something was changed.", unit: "cps" };
  return {
    title: "Cache",
    panels: [
      {
        title: "Answers",
        about: "Calls on routes that keep answers, by what was done with them.",
        unit: "reqps",
        queries: [{ expr: sumBy("result", rate(all)), legend: "{{result}}" }],
      },
      { ...bytes, queries: [{ expr: sumBy("", of("gwl_cache_bytes")), legend: "bytes" }] },
      {
        ...gone,
        queries: [
          { expr: sumBy("", rate(of("gwl_cache_evictions_total"))), legend: "for want of room" },
          { expr: sumBy("", rate(of("gwl_cache_drops_total"))), legend: "after a change" },
        ],
      },
    ],
  };
}

function releases(of: Select): Row {
  const [all, failed] = [of("gwl_release_requests_total"), of("gwl_release_errors_total")].map((series) =>
    sumBy("release, side", rate(series)),
  );
  const legend = "{{release}}: {{side}}";
  return {
    title: "Releases",
    panels: [
      { title: "Calls by side", about: "On routes of a release.", unit: "reqps", queries: [{ expr: all ?? "", legend }] },
      {
        title: "Errors by side",
        about: "The part that was answered with 5xx, or not at all.",
        unit: "percentunit",
        queries: [{ expr: `${failed} / ${all}`, legend }],
      },
    ],
  };
}
