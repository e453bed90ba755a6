/** Panels of a Grafana dashboard, laid out row by row. Knows no gateway. */

export type Query = { readonly expr: string; readonly legend: string };
export type Panel = {
  readonly title: string;
  readonly about: string;
  /** Grafana's names, such as `s`, `reqps`, `percentunit`. */
  readonly unit: string;
  readonly queries: readonly Query[];
};
export type Row = { readonly title: string; readonly panels: readonly Panel[] };

const columns = 24;
const height = 8;

/** In the form of Grafana 10 and later; a data source is asked for when the dashboard is imported. */
export function dashboardOf(title: string, uid: string, rows: readonly Row[]): object {
  let y = 0;
  let id = 0;
  const panels = rows.flatMap((row) => {
    const head = { id: ++id, type: "row", title: row.title, collapsed: false, gridPos: { x: 0, y: y++, w: columns, h: 1 }, panels: [] };
    const width = Math.max(6, Math.floor(columns / Math.min(3, row.panels.length)));
    const perLine = Math.floor(columns / width);
    const placed = row.panels.map((panel, at) => {
      const place = { x: (at % perLine) * width, y: y + Math.floor(at / perLine) * height, w: width, h: height };
      return { id: ++id, gridPos: place, ...timeSeries(panel) };
    });
    y += Math.ceil(row.panels.length / perLine) * height;
    return [head, ...placed];
  });
  return {
    uid,
    title,
    tags: ["gwl"],
    schemaVersion: 39,
    editable: true,
    refresh: "30s",
    time: { from: "now-1h", to: "now" },
    templating: { list: [{ name: "datasource", label: "Data source", type: "datasource", query: "prometheus", current: {}, hide: 0 }] },
    annotations: { list: [] },
    panels,
  };
}

const source = { type: "prometheus", uid: "${datasource}" } as const;

function timeSeries({ title, about, unit, queries }: Panel): object {
  return {
    type: "timeseries",
    title,
    description: about,
    datasource: source,
    fieldConfig: { defaults: { unit, min: 0, custom: { drawStyle: "line", fillOpacity: 10, showPoints: "never" } }, overrides: [] },
    options: { legend: { displayMode: "table", placement: "bottom", calcs: ["mean", "max"] }, tooltip: { mode: "multi", sort: "desc" } },
    targets: queries.map(({ expr, legend }, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource: source,
      expr,
      legendFormat: legend,
      range: true,
    })),
  };
}
