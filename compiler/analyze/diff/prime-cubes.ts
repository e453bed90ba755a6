/** A function of a diagram as a few short conditions, any of which makes it true. */
import { type BooleanDiagram, FALSE, GIVEN_UP, TRUE } from "../../model/boolean-diagram.ts";

export type Literal = { readonly variable: number; readonly isTrue: boolean };
/** All of these together; none of them can be left out. */
export type Cube = readonly Literal[];

/**
 * Lazily: one more cube covers something of `f` that those before do not, and nothing of `never`. Ends when all is covered, or where it
 * becomes too hard.
 */
export function* primeCubes(diagram: BooleanDiagram, f: number, never = diagram.not(f)): Iterable<Cube> {
  const shortest = shortestPaths(diagram);
  for (let rest = f; rest !== FALSE && rest !== GIVEN_UP; ) {
    const cube = shortened(diagram, shortest(rest), never);
    yield cube;
    rest = diagram.and(rest, diagram.not(joined(diagram, cube)));
  }
}

export function joined(diagram: BooleanDiagram, cube: Cube): number {
  return cube.reduceRight((rest, { variable, isTrue }) => {
    const one = diagram.variable(variable);
    return diagram.and(isTrue ? one : diagram.not(one), rest);
  }, TRUE);
}

/** What is not so is left out before what is so: people read the latter sooner. */
function shortened(diagram: BooleanDiagram, path: Cube, never: number): Cube {
  const without = (cube: Cube, at: number): Cube => cube.filter((_, place) => place !== at);
  let kept = path;
  for (const isTrue of [false, true]) {
    for (let at = kept.length - 1; at >= 0; at--) {
      if (kept[at]?.isTrue !== isTrue) continue;
      const fewer = without(kept, at);
      if (diagram.and(joined(diagram, fewer), never) === FALSE) kept = fewer;
    }
  }
  return kept;
}

/** For each function but FALSE a way to TRUE by the fewest variables that are so, and of those the fewest variables. */
function shortestPaths(diagram: BooleanDiagram): (f: number) => Cube {
  const costs = new Map<number, number>([
    [TRUE, 0],
    [FALSE, Number.POSITIVE_INFINITY],
  ]);
  const cost = (f: number): number => {
    const known = costs.get(f);
    if (known !== undefined) return known;
    const root = diagram.root(f);
    const found = root === undefined ? Number.POSITIVE_INFINITY : Math.min(cost(root.high) + 1, cost(root.low) + AN_ABSENT_ONE);
    costs.set(f, found);
    return found;
  };
  return (f) => {
    const path: Literal[] = [];
    for (let root = diagram.root(f), at = f; root !== undefined; root = diagram.root(at)) {
      const isTrue = cost(root.high) + 1 <= cost(root.low) + AN_ABSENT_ONE;
      path.push({ variable: root.variable, isTrue });
      at = isTrue ? root.high : root.low;
    }
    return path;
  };
}

const AN_ABSENT_ONE = 0.01;
