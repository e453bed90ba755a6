/** A contest held once for each size, as a curve. */
import type { Curve } from "../row.ts";
import { contest, type Standing } from "./contest.ts";

export type CurveWanted = Pick<Curve, "name" | "title" | "about"> & {
  /** Name of the module below `contenders`. */
  readonly module: string;
  readonly names: readonly string[];
  /** `without`: who is left out there, because a single round would take minutes. */
  readonly sizes: readonly { readonly label: string; readonly setup: unknown; readonly without?: readonly string[] }[];
};

export type Held = { readonly curve: Curve; readonly standings: readonly (readonly Standing[])[] };

export async function hold({ name, title, about, module, names, sizes }: CurveWanted): Promise<Held> {
  const standings: (readonly Standing[])[] = [];
  for (const { setup, without = [] } of sizes) {
    const present = names.filter((one) => !without.includes(one));
    standings.push(await contest({ module: new URL(`../contenders/${module}`, import.meta.url).href, names: present, setup }));
  }
  const series = names.map((one) => ({
    name: one,
    points: standings.map((size) => {
      const found = size.find((standing) => standing.name === one);
      return found === undefined ? {} : { cost: found.cost, ratio: found.ratio, wrong: found.wrong };
    }),
  }));
  return { curve: { name, title, about, sizes: sizes.map(({ label }) => label), series }, standings };
}
