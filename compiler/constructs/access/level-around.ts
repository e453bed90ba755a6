/** What the statements of a level can see, and what the levels below it inherit. */
import type { Block } from "../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { BodyHere, PrincipalHere, Shape } from "../../check/expressions/place.ts";
import { acceptOf, callerOfRoute, callersBelow } from "./accepted-identities.ts";
import type { PathRead } from "./path/read-path.ts";

/** Where rules hold for all routes, the caller may be whoever any of them accepts. */
export function anyIdentity(context: CheckContext): PrincipalHere {
  const callers = context.declared("identity").map((declaration) => [declaration.name.name]);
  return callers.length === 0 ? { missing: "no identity is declared" } : { callers };
}

/** Parameters of the levels around. */
export function parametersAround(around: Around): readonly Shape[] {
  return around.reads.kind === "request" && "parameters" in around.reads.parameters ? around.reads.parameters.parameters : [];
}

/** For the block of an api or group with this path. */
export function aroundBelow(block: Block, path: PathRead, around: Around, context: CheckContext): Around {
  const accept = acceptOf(block, around, context);
  return {
    reads: {
      kind: "request",
      principal: callersBelow(block, accept, context),
      body: { missing: "only a route knows its body" },
      parameters: { parameters: [...parametersAround(around), ...path.parameters] },
    },
    parameters: [],
    path: [...around.path, ...path.segments],
    ...(around.version === undefined ? {} : { version: around.version }),
    ...(accept === undefined ? {} : { accept }),
  };
}

/** For the block of a route. */
export function aroundRoute(block: Block | undefined, path: PathRead, body: BodyHere, around: Around, context: CheckContext): Around {
  const accept = block === undefined ? around.accept : acceptOf(block, around, context);
  return {
    reads: {
      kind: "request",
      principal: callerOfRoute(block, accept),
      body,
      parameters: { parameters: [...parametersAround(around), ...path.parameters] },
    },
    parameters: [],
    path: [...around.path, ...path.segments],
    ...(around.version === undefined ? {} : { version: around.version }),
    ...(accept === undefined ? {} : { accept }),
  };
}
