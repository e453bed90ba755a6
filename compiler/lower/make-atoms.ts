/** Atoms made from expressions, and their place in the order. */
import type { ExpressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { Value } from "../model/types.ts";
import { compareValues, OTHER_RANK, type AtomTable } from "./atoms.ts";
import { BOOL, constant } from "./constants.ts";

export type Scalar = string | number;

export type AtomMaker = {
  readonly network: (question: Expr, label: string) => number;
  readonly identity: (question: Expr, identity: string) => number;
  readonly equals: (subject: Expr, value: Scalar, question: Expr) => number;
  readonly contains: (collection: Expr, value: Scalar, question: Expr) => number;
  readonly oneOf: (subject: Expr, values: readonly Scalar[], question: Expr) => number;
  readonly other: (question: Expr) => number;
};

const RANK = { network: 0, stage: 1, method: 2, identity: 3, attribute: 4, other: OTHER_RANK } as const;

/** `areAlone`: no caller has two identities. */
export function atomMaker(atoms: AtomTable, keyOf: ExpressionKeys, areAlone: boolean): AtomMaker {
  return {
    network: (predicate, label) =>
      atoms.intern(`network ${label}`, () => ({
        body: { kind: "network", label },
        predicate,
        group: undefined,
        order: [RANK.network, label, ""],
      })),
    identity: (predicate, identity) =>
      atoms.intern(`identity ${identity}`, () => ({
        body: { kind: "identity" },
        predicate,
        group: areAlone ? "identity" : undefined,
        order: [RANK.identity, "", identity],
      })),
    equals: (subject, value, question) => {
      const attribute = keyOf(subject);
      return atoms.intern(`equals ${JSON.stringify(value)} ${attribute}`, () => ({
        body: { kind: "equals", subject, attribute, value },
        predicate: equality(subject, value, question),
        group: `equals ${attribute}`,
        order: [rankOf(subject), attribute, value],
      }));
    },
    contains: (subject, value, predicate) => {
      const attribute = keyOf(subject);
      return atoms.intern(`contains ${JSON.stringify(value)} ${attribute}`, () => ({
        body: { kind: "contains", subject, attribute, value },
        predicate,
        group: undefined,
        order: [RANK.attribute, attribute, value],
      }));
    },
    oneOf: (subject, values, predicate) => {
      const attribute = keyOf(subject);
      const sorted = [...new Set(values)].sort(compareValues);
      return atoms.intern(`oneOf ${JSON.stringify(sorted)} ${attribute}`, () => ({
        body: { kind: "oneOf", subject, attribute, values: sorted },
        predicate,
        group: undefined,
        order: [RANK.other, attribute, JSON.stringify(sorted)],
      }));
    },
    other: (predicate) => {
      const key = keyOf(predicate);
      return atoms.intern(`other ${key}`, () => ({
        body: { kind: "other" },
        predicate,
        group: undefined,
        order: [RANK.other, key, ""],
      }));
    },
  };
}

function rankOf(subject: Expr): number {
  if (subject.op === "stage") return RANK.stage;
  return subject.op === "method" ? RANK.method : RANK.attribute;
}

function equality(subject: Expr, value: Scalar, question: Expr): Expr {
  const right = constant(withoutOptional(subject).type, value, question.span);
  return { op: "compare", operator: "==", left: subject, right, type: BOOL, span: question.span };
}

function withoutOptional(subject: Expr): Expr {
  return subject.type.kind === "optional" ? { ...subject, type: subject.type.type } : subject;
}

/** The subject is one of the values. */
export function membership(subject: Expr, values: readonly Scalar[], question: Expr): Expr {
  const element = withoutOptional(subject).type;
  const collection = constant({ kind: "list", element }, values satisfies readonly Value[], question.span);
  return { op: "in", element: subject, collection, type: BOOL, span: question.span };
}
