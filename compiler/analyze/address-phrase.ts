/** Where callers may come from, in words: a set of classes as networks that the program names. */
import type { AddressClasses } from "../model/ir.ts";

/** Empty for all classes; begins with a blank otherwise. */
export function fromPhrase(classes: AddressClasses, open: ReadonlySet<number>): string {
  if (open.size === classes.count) return "";
  const closed = new Set(Array.from({ length: classes.count }, (_, one) => one).filter((one) => !open.has(one)));
  const from = covering(classes, open);
  if (from !== undefined) return ` from ${from}`;
  const notFrom = covering(classes, closed);
  return notFrom === undefined ? " from some addresses" : ` not from ${notFrom}`;
}

/** The networks that together are the set: one if there is one, else all that lie in it, if they fill it. */
function covering({ networks }: AddressClasses, set: ReadonlySet<number>): string | undefined {
  const inside = networks.filter((network) => network.classes.length > 0 && network.classes.every((one) => set.has(one)));
  const whole = inside.find((network) => network.classes.length === set.size);
  if (whole !== undefined) return whole.label;
  const filled = new Set(inside.flatMap((network) => network.classes));
  return set.size > 0 && filled.size === set.size ? inside.map(({ label }) => label).join(" or ") : undefined;
}
