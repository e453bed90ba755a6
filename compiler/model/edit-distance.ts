/** How far two texts are from each other. Promises: no more work than `limit` asks for. */

/** Damerau-Levenshtein distance, in the form where no part is edited twice; some number above `limit` where it is more than that. */
export function editDistance(a: string, b: string, limit: number): number {
  let beforeLast = new Uint32Array(b.length + 1);
  let last = beforeLast.map((_, at) => at);
  let current = new Uint32Array(b.length + 1);
  for (let row = 1; row <= a.length; row++) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + change);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return least;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return at(last, b.length);
}

function at(row: Uint32Array, index: number): number {
  return row[index] ?? Number.MAX_SAFE_INTEGER;
}
