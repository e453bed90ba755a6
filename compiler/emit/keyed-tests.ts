/**
 * Questions of the form "has the attribute this value?", of which a large gateway has thousands, as keys in the tables rather than as functions:
 * functions that are called once in a while stay cold, keys cost the same however many there are. A few stay code, which is
 * read more easily. Promises the same rules collected for every request.
 */
import { isDiscrete, isDiscreteCollection } from "../model/discrete-type.ts";
import { expressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { Ir, Lookup, Node, Predicate } from "../model/ir.ts";

/** Questions of one attribute that are functions. Measured: beyond, their number begins to cost. */
const FEW = 16;

type KeyQuestion = { readonly subject: Expr; readonly isCollection: boolean; readonly value: string | number };

/** `few`: for tests. */
export function withKeyedTests(ir: Ir, few = FEW): Ir {
  const keyOf = expressionKeys();
  const questions = ir.predicates.map(({ expr }) => keyQuestion(expr));
  const counts = new Map<string, number>();
  const attributes = questions.map((question) => question && `${question.isCollection} ${keyOf(question.subject)}`);
  for (const attribute of attributes) if (attribute !== undefined) counts.set(attribute, (counts.get(attribute) ?? 0) + 1);
  const isKeyed = (predicate: number): boolean => (counts.get(attributes[predicate] ?? "") ?? 0) > few;

  const lookups: Lookup[] = [...ir.lookups];
  const nodes = ir.nodes.map((node): Node => {
    const question = node.kind === "test" && node.otherwise === 0 && isKeyed(node.predicate) ? questions[node.predicate] : undefined;
    if (node.kind !== "test" || question === undefined) return node;
    const { subject, isCollection, value } = question;
    return { kind: "lookup", lookup: lookups.push({ subject, isCollection, entries: [[value, node.then]] }) - 1 };
  });
  return lookups.length === ir.lookups.length ? ir : { ...ir, lookups, ...asked(nodes, ir.predicates) };
}

/** Without predicates that no node asks. */
function asked(nodes: readonly Node[], predicates: readonly Predicate[]): Pick<Ir, "nodes" | "predicates"> {
  const numbers = new Map<number, number>();
  for (const node of nodes) if (node.kind === "test" && !numbers.has(node.predicate)) numbers.set(node.predicate, numbers.size);
  return {
    nodes: nodes.map((node) => (node.kind === "test" ? { ...node, predicate: numbers.get(node.predicate) ?? 0 } : node)),
    predicates: [...numbers.keys()].flatMap((number) => predicates[number] ?? []),
  };
}

function keyQuestion(expr: Expr): KeyQuestion | undefined {
  if (expr.op === "compare" && expr.operator === "==" && expr.right.op === "const" && isDiscrete(expr.left.type)) {
    const { value } = expr.right;
    return isKey(value) ? { subject: expr.left, isCollection: false, value } : undefined;
  }
  if (expr.op !== "in" || expr.element.op !== "const" || !isDiscreteCollection(expr.collection.type)) return undefined;
  const { value } = expr.element;
  return isKey(value) && expr.collection.op !== "const" ? { subject: expr.collection, isCollection: true, value } : undefined;
}

function isKey(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
