/** The limits of a route: those of its levels, the nearest first, each with its number in the program. */
import type { Expr } from "../model/expression.ts";
import type { IrRouteLimit } from "../model/ir.ts";
import type { Scope, TrafficLimit } from "../model/program.ts";

export type LimitTable = {
  readonly numberOf: (limit: TrafficLimit) => number;
  /** Those that a route has. */
  readonly limits: () => readonly TrafficLimit[];
};

export function limitTable(): LimitTable {
  const numbers = new Map<TrafficLimit, number>();
  return {
    numberOf: (limit) => {
      const number = numbers.get(limit) ?? numbers.size;
      numbers.set(limit, number);
      return number;
    },
    limits: () => [...numbers.keys()],
  };
}

export function limitsAround(levels: readonly Scope[]): readonly TrafficLimit[] {
  return levels.flatMap(({ traffic = [] }) => [...traffic].reverse()).reverse();
}

/** `change` fills in what is known of the route. */
export function routeLimits(levels: readonly Scope[], table: LimitTable, change: (value: Expr) => Expr): readonly IrRouteLimit[] {
  return limitsAround(levels).map((limit) => ({
    limit: table.numberOf(limit),
    ...(limit.by === undefined ? {} : { by: change(limit.by.expr) }),
  }));
}
