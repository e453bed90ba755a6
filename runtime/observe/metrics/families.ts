/**
 * Figures that only grow, stand, or spread over buckets, kept as plain numbers: counting one call costs a look-up and an addition. Promises bounded
 * memory: who adds gives a number for the series, which is made of numbers of the program. Told in the form that `prom-client` gives as JSON, so that
 * those of several processes can be added up and written out by it.
 */
export type Labels = Readonly<Record<string, string | number>>;
export type Sample = { readonly value: number; readonly labels: Labels; readonly metricName?: string };
export type Family = {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  /** How those of several processes become one. */
  readonly aggregator: "sum" | "first" | "min";
  readonly values: readonly Sample[];
};

/** `key` names a series; `labelsOf` says of it what its labels are, once. */
export type Counter = { readonly add: (key: number, by?: number) => void; readonly family: () => Family };
export type Gauge = { readonly set: (key: number, value: number) => void; readonly add: (key: number, by: number) => void } & Pick<
  Counter,
  "family"
>;
export type Histogram = { readonly observe: (key: number, seconds: number) => void; readonly family: () => Family };
type LabelsOf = (key: number) => Labels;
type Series = { value: number };

export function counter(name: string, help: string, labelsOf: LabelsOf): Counter {
  const { of, samples } = seriesBy(labelsOf);
  return {
    add: (key, by = 1) => {
      of(key).value += by;
    },
    family: () => ({ name, help, type: "counter", aggregator: "sum", values: samples() }),
  };
}

export function gauge(name: string, help: string, labelsOf: LabelsOf, aggregator: Family["aggregator"] = "sum"): Gauge {
  const { of, samples } = seriesBy(labelsOf);
  return {
    set: (key, value) => {
      of(key).value = value;
    },
    add: (key, by) => {
      of(key).value += by;
    },
    family: () => ({ name, help, type: "gauge", aggregator, values: samples() }),
  };
}

function seriesBy(labelsOf: LabelsOf): { readonly of: (key: number) => Series; readonly samples: () => readonly Sample[] } {
  const all = new Map<number, Series>();
  return {
    of: (key) => {
      const known = all.get(key);
      if (known !== undefined) return known;
      const series = { value: 0 };
      all.set(key, series);
      return series;
    },
    samples: () => Array.from(all, ([key, { value }]) => ({ value, labels: labelsOf(key) })),
  };
}

/** `bounds`: upper ends of the buckets, ascending. */
export function histogram(name: string, help: string, bounds: readonly number[], labelsOf: LabelsOf): Histogram {
  /** One number a bucket, the last for what is beyond all bounds, then the sum. */
  const all = new Map<number, Float64Array>();
  return {
    observe: (key, seconds) => {
      let row = all.get(key);
      if (row === undefined) {
        row = new Float64Array(bounds.length + 2);
        all.set(key, row);
      }
      let at = 0;
      while (at < bounds.length && seconds > (bounds[at] ?? 0)) at++;
      row[at] = (row[at] ?? 0) + 1;
      row[bounds.length + 1] = (row[bounds.length + 1] ?? 0) + seconds;
    },
    family: () => ({
      name,
      help,
      type: "histogram",
      aggregator: "sum",
      values: Array.from(all).flatMap(([key, row]) => distribution(name, bounds, row, labelsOf(key))),
    }),
  };
}

function distribution(name: string, bounds: readonly number[], row: Float64Array, labels: Labels): readonly Sample[] {
  let count = 0;
  const buckets = [...bounds, "+Inf"].map((le, at): Sample => {
    count += row[at] ?? 0;
    return { metricName: `${name}_bucket`, value: count, labels: { le, ...labels } };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, value: row[bounds.length + 1] ?? 0, labels },
    { metricName: `${name}_count`, value: count, labels },
  ];
}
