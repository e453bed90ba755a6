/** The phases of a cell in order (D24), and whether a rule of one can be true where no earlier one refuses. */
import type { Cell, Ir } from "../model/ir.ts";
import { type NodeConditions, nodeConditions } from "./node-conditions.ts";
import { type QuestionVariables, questionVariables } from "./question-variables.ts";

export type CellConditions = {
  readonly questions: QuestionVariables;
  readonly nodes: NodeConditions;
  /** Whether some call has all of `conditions`, and none of these nodes collects anything then; where that is unknown, one has. */
  readonly isPossible: (conditions: readonly number[], without: readonly number[]) => boolean;
};

/** A node that collects, and the nodes of the denies that are asked before. None of them is empty. */
export type CellPhase = { readonly node: number; readonly earlier: readonly number[] };

/** Steps granted to one question, so that a hard one is given up and not waited for. */
const STEPS = 20_000;
/** Parts of a union up to which they are looked at one by one, which spares joining what routes do not share. */
const APART = 8;

export function cellConditions(ir: Ir): CellConditions {
  const questions = questionVariables(ir);
  const { diagram } = questions;
  const nodes = nodeConditions(ir, questions);
  const apart = (number: number): readonly number[] => {
    const node = ir.nodes[number];
    return node?.kind === "union" && node.parts.length <= APART ? node.parts.flatMap(apart) : [number];
  };
  return {
    questions,
    nodes,
    isPossible: (conditions, without) => {
      diagram.grant(STEPS);
      return diagram.canHold(conditions, without.flatMap(apart).map(nodes.any)) !== false;
    },
  };
}

export function phasesOf({ denies, allows }: Cell): readonly CellPhase[] {
  const { request, principal, body } = denies;
  const phases = [
    { node: request, earlier: [] },
    { node: principal, earlier: [request] },
    { node: body, earlier: [request, principal] },
    ...[allows.request, allows.principal, allows.body].map((node) => ({ node, earlier: [request, principal, body] })),
  ];
  return phases.filter(({ node }) => node !== 0).map(({ node, earlier }) => ({ node, earlier: earlier.filter((one) => one !== 0) }));
}

export function deniesOf({ denies }: Cell): readonly number[] {
  return [denies.request, denies.principal, denies.body].filter((node) => node !== 0);
}

export function allowsOf({ allows }: Cell): readonly number[] {
  return [allows.request, allows.principal, allows.body].filter((node) => node !== 0);
}
