/**
 * Which answers to questions about one part of a call can come together: more than 5 is more than 3. Promises: whatever some call
 * answers is possible; what is not possible is certain, since each question only compares the part with constants, and between two
 * neighbouring constants all values are alike.
 */
import { type BooleanDiagram, FALSE, TRUE } from "../model/boolean-diagram.ts";
import type { Asked } from "../analyze/question-variables.ts";
import { bareType } from "../model/bare-type.ts";
import type { Expr } from "../model/expression.ts";
import type { Candidate } from "./candidates.ts";
import { leavesOf } from "./leaves.ts";
import type { Answering } from "./answered-as.ts";
import { questionOf } from "./question-of.ts";

/** Questions about one part, and combinations of their answers, beyond which nothing is said. */
const MOST_QUESTIONS = 60;

type Question = { readonly variable: number; readonly expr: Expr };

/** `f` without what no call answers. */
export function possibleAnswers(
  diagram: BooleanDiagram,
  asked: ReadonlyMap<number, Asked>,
  { candidates, answers }: Answering,
): (f: number) => number {
  const simple = [...asked].flatMap(([variable, one]): (Question & { readonly key: string; readonly leaf: Expr })[] => {
    const expr = questionOf(one);
    const leaf = comparedLeaf(expr);
    return leaf === undefined ? [] : [{ variable, expr, ...leaf }];
  });
  const parts = [...Map.groupBy(simple, ({ key }) => key).entries()].filter(
    ([, questions]) => questions.length > 1 && questions.length <= MOST_QUESTIONS,
  );
  const known = new Map<string, number>();
  const constraint = (key: string, questions: typeof simple): number => {
    const leaf = questions[0]?.leaf;
    const found =
      known.get(key) ??
      (leaf === undefined
        ? TRUE
        : together(
            diagram,
            questions,
            key,
            candidates(
              leaf,
              questions.map(({ expr }) => expr),
            ),
            answers,
          ));
    known.set(key, found);
    return found;
  };
  return (f) => {
    const variables = variablesIn(diagram, f);
    const touched = parts.filter(([, questions]) => questions.some(({ variable }) => variables.has(variable)));
    return touched.map(([key, questions]) => constraint(key, questions)).reduce(diagram.and, f);
  };
}

function together(
  diagram: BooleanDiagram,
  questions: readonly Question[],
  key: string,
  values: readonly Candidate[],
  answers: Answering["answers"],
): number {
  const combinations = new Map(
    values.map((value) => {
      const all = questions.map(({ variable, expr }) => ({ variable, isTrue: answers(expr, new Map([[key, value]])) }));
      return [all.map(({ isTrue }) => isTrue).join(), all] as const;
    }),
  );
  const one = ({ variable, isTrue }: { readonly variable: number; readonly isTrue: boolean }): number =>
    isTrue ? diagram.variable(variable) : diagram.not(diagram.variable(variable));
  return [...combinations.values()].map((all) => all.map(one).reduce(diagram.and, TRUE)).reduce(diagram.or, FALSE);
}

/** The part of a call that a question compares with constants alone, by what it is. */
function comparedLeaf(expr: Expr): { readonly key: string; readonly leaf: Expr } | undefined {
  const [only, ...more] = leavesOf(expr);
  if (only === undefined || more.length > 0) return undefined;
  const isLeaf = (part: Expr): boolean => part === only.expr && isCompared(part);
  const isPlain =
    isLeaf(expr) ||
    (expr.op === "compare" && ((isLeaf(expr.left) && expr.right.op === "const") || (isLeaf(expr.right) && expr.left.op === "const"))) ||
    (expr.op === "in" && isLeaf(expr.element) && expr.collection.op === "const" && bareType(expr.collection.type).kind !== "network") ||
    (expr.op === "has" && isLeaf(expr.operand));
  return isPlain ? { key: only.key, leaf: only.expr } : undefined;
}

/** Of the times of a day the candidates are not all there are; a path is told apart by its region. */
function isCompared(leaf: Expr): boolean {
  const { kind } = bareType(leaf.type);
  return (
    (leaf.op === "principalField" || leaf.op === "header" || leaf.op === "query" || leaf.op === "body" || leaf.op === "field") &&
    ["int", "decimal", "string", "literals", "bool"].includes(kind)
  );
}

function variablesIn(diagram: BooleanDiagram, f: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const found = new Set<number>();
  const open = [f];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const root = seen.has(at) ? undefined : diagram.root(at);
    seen.add(at);
    if (root === undefined) continue;
    found.add(root.variable);
    open.push(root.high, root.low);
  }
  return found;
}
