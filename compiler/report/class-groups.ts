/** Classes of addresses that no route tells apart, as the columns of the table of decisions. */
import type { Ir } from "../model/ir.ts";

/** `classes` ascend; the first stands for all. `label`: the networks that hold them. */
export type ClassGroup = { readonly classes: readonly number[]; readonly label: string };

const shownNetworks = 2;

export function classGroups(ir: Ir): readonly ClassGroup[] {
  const rows = [...new Set(ir.routes.map(({ cellOfClass }) => cellOfClass))];
  const groups = new Map<string, number[]>();
  for (let one = 0; one < ir.classes.count; one++) {
    const key = rows.map((row) => row[one]).join();
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  const networksOf = networksByClass(ir);
  return [...groups.values()].map((classes) => ({ classes, label: labelOf(classes, networksOf) }));
}

function networksByClass({ classes }: Ir): readonly (readonly string[])[] {
  const found: string[][] = Array.from({ length: classes.count }, () => []);
  for (const { label, classes: inside } of classes.networks) for (const one of inside) found[one]?.push(label);
  return found;
}

function labelOf(classes: readonly number[], networksOf: readonly (readonly string[])[]): string {
  const labels = [...new Set(classes.map((one) => (networksOf[one] ?? []).join(" + ") || "elsewhere"))];
  if (labels.includes("elsewhere")) return labels.length === 1 ? "elsewhere" : `elsewhere, ${labels.length - 1} more`;
  const more = labels.length - shownNetworks;
  return labels.slice(0, shownNetworks).join(", ") + (more > 0 ? `, ${more} more` : "");
}
