/** Residuals sorted by the question that they ask first, before each heap becomes a node. Knows no diagrams. */
import type { Expr } from "../model/expression.ts";
import type { Scalar } from "./make-atoms.ts";

/** A rule, and the diagram of when it is collected. */
export type Residual = { readonly rule: number; readonly f: number };

export type ResidualPile = {
  readonly done: readonly number[];
  readonly tests: () => readonly PileTest[];
  readonly tables: () => readonly PileTable[];
  /** A finished node. */
  readonly finish: (node: number) => void;
  readonly test: (key: string, question: Expr) => PileTest;
  /** The residuals where `subject`, known by `attribute`, has or contains the value, which `question` asks. */
  readonly value: (attribute: string, subject: TableSubject, value: Scalar, question: Expr) => Residual[];
};
export type PileTest = { readonly question: Expr; readonly then: Residual[]; readonly otherwise: Residual[] };
export type TableSubject = { readonly subject: Expr; readonly isCollection: boolean };
export type PileTable = TableSubject & { readonly values: Map<Scalar, { readonly question: Expr; readonly residuals: Residual[] }> };

export function residualPile(): ResidualPile {
  const done: number[] = [];
  const tests = new Map<string, PileTest>();
  const tables = new Map<string, PileTable>();
  return {
    done,
    tests: () => [...tests.values()],
    tables: () => [...tables.values()],
    finish: (node) => done.push(node),
    test: (key, question) => {
      const test = tests.get(key) ?? { question, then: [], otherwise: [] };
      tests.set(key, test);
      return test;
    },
    value: (attribute, subject, value, question) => {
      const table = tables.get(attribute) ?? { ...subject, values: new Map() };
      tables.set(attribute, table);
      const entry = table.values.get(value) ?? { question, residuals: [] };
      table.values.set(value, entry);
      return entry.residuals;
    },
  };
}
