/** Pieces of queries to Prometheus over the figures of one gateway (their names stand in the manual's page about `metrics`). */

/** `name{gateway="...", ...}` */
export type Select = (
  name: string,
  ...labels: readonly (readonly [label: string, operator: "=" | "=~" | "!=" | "!~", value: string])[]
) => string;

export function selectorOf(gateway: string): Select {
  return (name, ...labels) =>
    `${name}{${[["gateway", "=", gateway] as const, ...labels].map(([label, operator, value]) => `${label}${operator}${quoted(value)}`).join(",")}}`;
}

/** A text of PromQL: its escapes are those of JSON, but for characters that are no names anyway. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A second. */
export function rate(series: string, window = "5m"): string {
  return `rate(${series}[${window}])`;
}

export function sumBy(labels: string, expression: string): string {
  return labels === "" ? `sum(${expression})` : `sum by (${labels}) (${expression})`;
}

/** Of a distribution: its `_bucket` series. */
export function quantile(share: number, series: string, labels = ""): string {
  return `histogram_quantile(${share}, ${sumBy(labels === "" ? "le" : `le, ${labels}`, rate(series))})`;
}

/** Which part of calls is this; nothing where there are no calls. */
export function part(some: string, all: string): string {
  return `${sumBy("", rate(some))} / ${sumBy("", rate(all))}`;
}

/** Whether a counter has grown in the window. One that is there for the first time has: to `increase` the first value is where counting begins. */
export function hasGrown(series: (range: string) => string, window: string): string {
  const now = sumBy("", series(""));
  return `${sumBy("", `increase(${series(`[${window}]`)})`)} > 0 or (${now} > 0 unless ${sumBy("", series(` offset ${window}`))} >= 0)`;
}
