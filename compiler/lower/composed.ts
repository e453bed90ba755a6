/** The parts of an answer that several backends give together. */
import { keyOfBackend } from "../model/backends.ts";
import type { Composed } from "../model/composed.ts";
import type { Expr } from "../model/expression.ts";
import type { IrPart } from "../model/ir.ts";
import type { Backend, Program, Scope } from "../model/program.ts";
import { headerTransforms } from "./transforms.ts";

/** What levels around set in the query is set for each part, but for the names that it says itself. */
export function lowerComposed(
  { parts, type, bytes, map }: Composed,
  levels: readonly Scope[],
  { backends }: Program,
  change: (value: Expr) => Expr,
): Composed<IrPart> {
  const around = headerTransforms(levels, "query", change);
  return {
    parts: parts.map((part): IrPart => {
      const own = part.query.map((one) => ({ ...one, value: change(one.value) }));
      const others = around.filter(({ name }) => !own.some((one) => one.name === name));
      const query = [...others, ...own].sort((left, right) => (left.name < right.name ? -1 : 1));
      const key = keyOfPart(part, backends);
      const backend = backends.findIndex(({ name }) => name === part.backend);
      const path = part.path.map((one) => (one.kind === "literal" ? one : { ...one, value: change(one.value) }));
      return { ...part, backend, path, query, ...(key === undefined ? {} : { key: change(key) }) };
    }),
    type,
    bytes,
    ...(map === undefined ? {} : { map: change(map) }),
  };
}

/** All that is read of a request to make them. */
export function composedParts({ parts, map }: Composed, { backends }: Program): readonly Expr[] {
  const ofParts = parts.flatMap((part) => [...part.path, ...part.query].map((one) => ("value" in one ? one.value : undefined)));
  return [...ofParts, ...parts.map((part) => keyOfPart(part, backends)), map].filter((one) => one !== undefined);
}

function keyOfPart({ backend }: Composed["parts"][number], backends: readonly Backend[]): Expr | undefined {
  return keyOfBackend(backends.find(({ name }) => name === backend));
}
