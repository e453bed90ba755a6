/**
 * What is known at a point of an expression because of the conditions before it: who the caller can still be, and which
 * optionals are there. Promises: what holds here holds for every request that gets to this point with a caller.
 */
import type { Expr } from "../../model/expression.ts";
import type { AcceptedCaller } from "../../model/program.ts";
import { presenceKey } from "./presence.ts";

export type Facts = {
  /** Who the caller can still be, by the names of its identities; empty where there is no caller. */
  readonly callers: readonly AcceptedCaller[];
  /** Keys of optionals that are there. */
  readonly present: ReadonlySet<string>;
};

/** What holds after `condition` came out as `truth`, given what held before. */
export function factsAfter(condition: Expr, truth: boolean, facts: Facts): Facts {
  switch (condition.op) {
    case "isIdentity":
      return { ...facts, callers: facts.callers.filter((caller) => caller.includes(condition.identity) === truth) };
    case "has":
      return truth ? withPresent(condition.operand, facts) : facts;
    case "not":
      return factsAfter(condition.operand, !truth, facts);
    case "and":
    case "or":
      return (condition.op === "and") === truth ? allHold(condition.operands, truth, facts) : oneHolds(condition.operands, truth, facts);
    case "if": {
      const then = factsAfter(condition.then, truth, factsAfter(condition.condition, true, facts));
      const otherwise = factsAfter(condition.otherwise, truth, factsAfter(condition.condition, false, facts));
      return either(then, otherwise);
    }
    default:
      return facts;
  }
}

function allHold(operands: readonly Expr[], truth: boolean, facts: Facts): Facts {
  return operands.reduce((known, operand) => factsAfter(operand, truth, known), facts);
}

/** The first operand that comes out as `truth` decides; those before it came out the other way. */
function oneHolds(operands: readonly Expr[], truth: boolean, facts: Facts): Facts {
  let before = facts;
  let joined: Facts | undefined;
  for (const operand of operands) {
    const here = factsAfter(operand, truth, before);
    joined = joined === undefined ? here : either(joined, here);
    before = factsAfter(operand, !truth, before);
  }
  return joined ?? facts;
}

function either(a: Facts, b: Facts): Facts {
  return {
    callers: [...a.callers, ...b.callers.filter((caller) => !a.callers.includes(caller))],
    present: new Set([...a.present].filter((key) => b.present.has(key))),
  };
}

function withPresent(operand: Expr, facts: Facts): Facts {
  const key = presenceKey(operand);
  return key === undefined ? facts : { ...facts, present: new Set([...facts.present, key]) };
}
