/** The arrow keys in a tree, as the ARIA practices have them. */
import type { TreeRow } from "./tree-picture.ts";

/** What a key asks for: another row, or the row folded or unfolded. */
export type TreeStep = { readonly reach: string } | { readonly fold: string } | undefined;

export function treeStep(key: string, rows: readonly TreeRow[], reached: string | undefined): TreeStep {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === reached),
  );
  const row = rows[at];
  if (row === undefined) return undefined;
  const reach = (to: TreeRow | undefined): TreeStep => (to === undefined ? undefined : { reach: to.key });
  switch (key) {
    case "ArrowDown":
      return reach(rows[at + 1]);
    case "ArrowUp":
      return reach(rows[at - 1]);
    case "Home":
      return reach(rows[0]);
    case "End":
      return reach(rows.at(-1));
    case "ArrowRight":
      if (row.node.children.length === 0) return undefined;
      return row.isFolded ? { fold: row.key } : reach(rows[at + 1]);
    case "ArrowLeft":
      if (row.node.children.length > 0 && !row.isFolded) return { fold: row.key };
      return reach(rows.find((other) => other.key === row.parent));
    default:
      return undefined;
  }
}
