/**
 * Reduced ordered binary decision diagrams (Bryant 1986) over numbered variables, shared and hash-consed: equal functions
 * are equal numbers. Variables may be in a group of which at most one is true; assignments with two true do not count,
 * and functions that agree on all others are equal. Knows nothing of what variables mean.
 */
export const FALSE = 0;
export const TRUE = 1;
/** A result that was given up because the work passed the budget; what is made from it is given up as well. */
export const GIVEN_UP = -1;

export type BooleanDiagram = {
  /** The function that is true where the variable is. Smaller variables stand nearer to the root. */
  readonly variable: (variable: number) => number;
  readonly not: (f: number) => number;
  readonly and: (f: number, g: number) => number;
  readonly or: (f: number, g: number) => number;
  /** Whether some assignment makes all of `all` true and all of `none` false; undefined if that is too hard to find. Builds nothing. */
  readonly canHold: (all: readonly number[], none: readonly number[]) => boolean | undefined;
  /** The variable at the root, and the functions left where it is true and where it is false; undefined for a constant. */
  readonly root: (f: number) => Root | undefined;
  /** Work granted from now on, in steps. */
  readonly grant: (steps: number) => void;
};
export type Root = { readonly variable: number; readonly high: number; readonly low: number };

/** Depth at which a computation is given up: far below what the stack bears. */
const DEEPEST = 2_500;
/** Node numbers stay below this, so two fit into one exact number. */
const NODES = 2 ** 26;

/** `groupOf` names the group of a variable; the variables of a group must be neighbours in the order. */
export function booleanDiagram(groupOf: GroupOf): BooleanDiagram {
  const nodes = diagramNodes(groupOf);
  const budget = { steps: Number.POSITIVE_INFINITY };
  const and = joiner(nodes, FALSE, budget);
  const or = joiner(nodes, TRUE, budget);
  const not = negator(nodes, budget);
  return {
    variable: (variable) => nodes.node(variable, TRUE, FALSE),
    not: (f) => not(f, 0),
    and: (f, g) => and(f, g, 0),
    or: (f, g) => or(f, g, 0),
    canHold: searcher(nodes, budget),
    root: nodes.root,
    grant: (steps) => {
      budget.steps = steps;
    },
  };
}

type GroupOf = (variable: number) => number | undefined;
type Budget = { steps: number };
type Nodes = {
  readonly root: (f: number) => Root | undefined;
  readonly node: (variable: number, high: number, low: number) => number;
  /** What is left of `f` where `variable`, which is not below its root's, is true. */
  readonly where: (f: number, root: Root, variable: number) => number;
};

function diagramNodes(groupOf: GroupOf): Nodes {
  const roots: (Root | undefined)[] = [undefined, undefined];
  const unique = new Map<number, Map<number, number>>();

  /** `f` where a variable of `group` above its root is true: all others of the group are false. */
  const outside = (f: number, group: number | undefined): number => {
    if (group === undefined) return f;
    let rest = f;
    for (let root = roots[rest]; root !== undefined && groupOf(root.variable) === group; root = roots[rest]) rest = root.low;
    return rest;
  };

  const node = (variable: number, high: number, low: number): number => {
    if (high === GIVEN_UP || low === GIVEN_UP) return GIVEN_UP;
    const group = groupOf(variable);
    const then = outside(high, group);
    if (then === outside(low, group)) return low;
    const known = unique.get(variable) ?? new Map<number, number>();
    unique.set(variable, known);
    const key = then * NODES + low;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (roots.length >= NODES) return GIVEN_UP;
    known.set(key, roots.length);
    return roots.push({ variable, high: then, low }) - 1;
  };

  return {
    root: (f) => roots[f],
    node,
    where: (f, root, variable) => (root.variable === variable ? root.high : outside(f, groupOf(variable))),
  };
}

type Negate = (f: number, depth: number) => number;

function negator(nodes: Nodes, budget: Budget): Negate {
  const known = new Map<number, number>();
  const not: Negate = (f, depth) => {
    if (f === FALSE || f === TRUE) return TRUE - f;
    const found = known.get(f);
    if (found !== undefined) return found;
    const root = nodes.root(f);
    if (root === undefined || --budget.steps < 0 || depth > DEEPEST) return GIVEN_UP;
    const result = nodes.node(root.variable, not(root.high, depth + 1), not(root.low, depth + 1));
    if (result !== GIVEN_UP) known.set(f, result);
    return result;
  };
  return not;
}

type Join = (f: number, g: number, depth: number) => number;

/** `and` where `absorbing` is FALSE, `or` where it is TRUE. */
function joiner(nodes: Nodes, absorbing: number, budget: Budget): Join {
  const idle = TRUE - absorbing;
  const known = new Map<number, number>();
  const join: Join = (f, g, depth) => {
    if (f === GIVEN_UP || g === GIVEN_UP) return GIVEN_UP;
    if (f === absorbing || g === absorbing) return absorbing;
    if (f === g || g === idle) return f;
    if (f === idle) return g;
    const key = f < g ? f * NODES + g : g * NODES + f;
    const found = known.get(key);
    if (found !== undefined) return found;
    const a = nodes.root(f);
    const b = nodes.root(g);
    if (a === undefined || b === undefined || --budget.steps < 0 || depth > DEEPEST) return GIVEN_UP;
    const variable = Math.min(a.variable, b.variable);
    const high = join(nodes.where(f, a, variable), nodes.where(g, b, variable), depth + 1);
    const low = join(a.variable === variable ? a.low : f, b.variable === variable ? b.low : g, depth + 1);
    const result = nodes.node(variable, high, low);
    if (result !== GIVEN_UP) known.set(key, result);
    return result;
  };
  return join;
}

type Search = { readonly all: readonly number[]; readonly none: readonly number[] };

/** Depth first, false sides first; what was tried is not tried again. */
function searcher(nodes: Nodes, budget: Budget): BooleanDiagram["canHold"] {
  return (all, none) => {
    if (all.includes(GIVEN_UP) || none.includes(GIVEN_UP)) return undefined;
    const tried = new Set<string>();
    const open: Search[] = [{ all, none }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next.all.includes(FALSE) || next.none.includes(TRUE)) continue;
      const search = { all: next.all.filter((f) => f !== TRUE), none: next.none.filter((f) => f !== FALSE) };
      if (search.all.length + search.none.length <= 1) return true;
      if (--budget.steps < 0) return undefined;
      const key = `${search.all.join()};${search.none.join()}`;
      if (tried.has(key)) continue;
      tried.add(key);
      open.push(side(search, nodes, true), side(search, nodes, false));
    }
    return false;
  };
}

/** What is left to hold where the topmost variable is true, or false. */
function side({ all, none }: Search, nodes: Nodes, isTrue: boolean): Search {
  const top = Math.min(...[...all, ...none].map((f) => nodes.root(f)?.variable ?? Number.POSITIVE_INFINITY));
  const left = (f: number): number => {
    const root = nodes.root(f);
    if (root === undefined) return f;
    if (isTrue) return nodes.where(f, root, top);
    return root.variable === top ? root.low : f;
  };
  return { all: all.map(left), none: none.map(left) };
}
