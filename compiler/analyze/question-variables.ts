/**
 * The predicates and lookups of an IR as variables of one boolean diagram: where a predicate and a lookup ask the same
 * thing they are the same variable, and values of one scalar exclude each other.
 */
import { type BooleanDiagram, booleanDiagram, FALSE } from "../model/boolean-diagram.ts";
import { isDiscrete, isDiscreteCollection } from "../model/discrete-type.ts";
import { expressionKeys, type ExpressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { Ir, Lookup } from "../model/ir.ts";

export type QuestionVariables = {
  readonly diagram: BooleanDiagram;
  /** When a predicate is true. */
  readonly predicate: (number: number) => number;
  /** When a lookup goes to the node of this value. */
  readonly lookup: (lookup: Lookup, value: string | number) => number;
  /** When the caller is of the identity. */
  readonly identity: (name: string) => number;
};

/** Equal `group`s stand together. `value` tells apart what has one group. */
type Question = { readonly group: string; readonly value: string; readonly isExclusive: boolean; readonly asks: Asked };

/** What a variable stands for. An identity: the caller has it. */
export type Asked =
  | { readonly kind: "identity"; readonly name: string }
  /** The scalar is this, or the collection holds it. */
  | { readonly kind: "value"; readonly subject: Expr; readonly isCollection: boolean; readonly value: string | number }
  | { readonly kind: "other"; readonly expr: Expr };

/** `keyOf`: what is equal by it is one question, in whichever IR it is asked. */
export type AskingIr = { readonly ir: Ir; readonly keyOf: ExpressionKeys };

export type SharedVariables = {
  readonly diagram: BooleanDiagram;
  /** The questions of one of the IRs. */
  readonly of: (asking: AskingIr) => QuestionVariables;
  readonly asked: ReadonlyMap<number, Asked>;
};

export function questionVariables(ir: Ir): QuestionVariables {
  const asking = { ir, keyOf: expressionKeys() };
  return sharedVariables([asking]).of(asking);
}

/** One variable for each question that any of the IRs asks. */
export function sharedVariables(all: readonly AskingIr[]): SharedVariables {
  const areAlone = all.every(({ ir }) => ir.routes.every(({ accept }) => accept.every((caller) => caller.length === 1)));
  const { variables, groups, asked } = numbered(areAlone, inOrder(all.flatMap(questionsIn)));
  const diagram = booleanDiagram((variable) => groups[variable]);
  return { diagram, asked, of: (asking) => variablesOf(asking, diagram, variables) };
}

function questionsIn({ ir, keyOf }: AskingIr): readonly Question[] {
  const lookedUp = ir.lookups.flatMap((lookup) =>
    lookup.entries.map(([value]) => valueQuestion(lookup.subject, lookup.isCollection, value, keyOf)),
  );
  const identities = ir.identities.map(({ name }) => identityQuestion(name));
  return [...identities, ...ir.predicates.flatMap(({ expr }) => questionsOf(expr, keyOf)), ...lookedUp];
}

function variablesOf({ ir, keyOf }: AskingIr, diagram: BooleanDiagram, variables: ReadonlyMap<string, number>): QuestionVariables {
  const variableOf = (question: Question): number => {
    const variable = variables.get(keyOfQuestion(question));
    return variable === undefined ? FALSE : diagram.variable(variable);
  };
  const predicates = new Map<number, number>();
  const predicate = (number: number): number => {
    const known = predicates.get(number);
    if (known !== undefined) return known;
    const expr = ir.predicates[number]?.expr;
    const questions = expr === undefined ? [] : questionsOf(expr, keyOf);
    const found = questions.map(variableOf).reduceRight((rest, one) => diagram.or(one, rest), FALSE);
    predicates.set(number, found);
    return found;
  };
  return {
    diagram,
    predicate,
    lookup: ({ subject, isCollection }, value) => variableOf(valueQuestion(subject, isCollection, value, keyOf)),
    identity: (name) => variableOf(identityQuestion(name)),
  };
}

type Numbered = {
  readonly variables: ReadonlyMap<string, number>;
  readonly groups: readonly (number | undefined)[];
  readonly asked: ReadonlyMap<number, Asked>;
};

/** Variables in the order given, each with the number of its group if that is exclusive. `areAlone`: no caller has two identities. */
function numbered(areAlone: boolean, questions: readonly Question[]): Numbered {
  const variables = new Map<string, number>();
  const names = new Map<string, number>();
  const groups: (number | undefined)[] = [];
  const asked = new Map<number, Asked>();
  for (const question of questions) {
    const key = keyOfQuestion(question);
    if (variables.has(key)) continue;
    variables.set(key, groups.length);
    asked.set(groups.length, question.asks);
    if (!names.has(question.group)) names.set(question.group, names.size);
    groups.push(question.isExclusive && (areAlone || question.group !== identityGroup) ? names.get(question.group) : undefined);
  }
  return { variables, groups, asked };
}

function inOrder(questions: readonly Question[]): readonly Question[] {
  return questions.toSorted((a, b) => compare(a.group, b.group) || compare(a.value, b.value));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function keyOfQuestion({ group, value }: Question): string {
  return JSON.stringify([group, value]);
}

/** A predicate is true where one of these is. */
function questionsOf(expr: Expr, keyOf: ExpressionKeys): readonly Question[] {
  if (expr.op === "isIdentity") return [identityQuestion(expr.identity)];
  if (
    expr.op === "compare" &&
    expr.operator === "==" &&
    expr.right.op === "const" &&
    isDiscrete(expr.left.type) &&
    isScalar(expr.right.value)
  ) {
    return [valueQuestion(expr.left, false, expr.right.value, keyOf)];
  }
  if (expr.op === "in" && expr.collection.op === "const" && expr.collection.type.kind !== "range" && isDiscrete(expr.element.type)) {
    const values: unknown = expr.collection.value;
    if (Array.isArray(values) && values.every(isScalar))
      return values.map((value) => valueQuestion(expr.element, false, value, keyOf)).sort((a, b) => compare(a.value, b.value));
  }
  if (expr.op === "in" && expr.element.op === "const" && isDiscreteCollection(expr.collection.type) && isScalar(expr.element.value)) {
    return [valueQuestion(expr.collection, true, expr.element.value, keyOf)];
  }
  return [{ group: `other ${keyOf(expr)}`, value: "", isExclusive: false, asks: { kind: "other", expr } }];
}

const identityGroup = "identity";

function identityQuestion(name: string): Question {
  return { group: identityGroup, value: name, isExclusive: true, asks: { kind: "identity", name } };
}

function valueQuestion(subject: Expr, isCollection: boolean, value: string | number, keyOf: ExpressionKeys): Question {
  const group = `${isCollection ? "holds" : "is"} ${keyOf(subject)}`;
  const asks: Asked = { kind: "value", subject, isCollection, value };
  return { group, value: JSON.stringify(value), isExclusive: !isCollection, asks };
}

function isScalar(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
