/** Which callers may come where a statement stands: those of the nearest `accept`, and for outer levels all those below as well. */
import type { Block, Entry, Expression, NameNode, Statement } from "../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { PrincipalHere } from "../../check/expressions/place.ts";
import type { AcceptedCaller } from "../../model/program.ts";

/** The names of one caller's identities. */
export type CallerNames = readonly NameNode[];

/** `A or B` are two callers, `A and B` is one with both; undefined where the phrase is another. `(A or B) and C` is `A and C or B and C`. */
export function callersIn(node: Expression | undefined): readonly CallerNames[] | undefined {
  if (node?.kind === "name") return [[node]];
  if (node?.kind === "paren") return callersIn(node.inner);
  if (node?.kind !== "binary" || (node.operator !== "or" && node.operator !== "and")) return undefined;
  const [left, right] = [callersIn(node.left), callersIn(node.right)];
  if (left === undefined || right === undefined) return undefined;
  return node.operator === "or" ? [...left, ...right] : left.flatMap((one) => right.map((other) => [...one, ...other]));
}

/** What the block itself accepts, else what is accepted around it. Reports nothing: the `accept` statement does. */
export function acceptOf(block: Block, around: Pick<Around, "accept">, context: CheckContext): Around["accept"] {
  const own = acceptStatement(block);
  return own === undefined ? around.accept : { callers: callersOf(own, context), span: own.span };
}

/** The caller of a route. */
export function callerOfRoute(block: Block | undefined, accept: Around["accept"]): PrincipalHere {
  const open = block?.entries.find((entry) => isStatement(entry, "public"));
  if (open !== undefined) return { missing: "this route is `public`", declared: open.span };
  if (accept === undefined || accept.callers.length === 0) return { missing: "no identity is accepted here" };
  return { callers: accept.callers };
}

/** The callers of all routes below an api or group. */
export function callersBelow(block: Block, accept: Around["accept"], context: CheckContext): PrincipalHere {
  const callers = new Map<string, AcceptedCaller>();
  for (const caller of [...(accept?.callers ?? []), ...statedIn(block, context)]) callers.set(caller.join(" "), caller);
  return callers.size === 0 ? { missing: "no identity is accepted here or below" } : { callers: [...callers.values()] };
}

function statedIn(block: Block, context: CheckContext): readonly AcceptedCaller[] {
  return block.entries.flatMap((entry) => {
    if (entry.kind !== "statement") return [];
    const inner = entry.phrase.terms.at(-1);
    const below = inner?.kind === "block" ? statedIn(inner, context) : [];
    return entry.word.name === "accept" ? [...callersOf(entry, context), ...below] : below;
  });
}

function acceptStatement(block: Block): Statement | undefined {
  return block.entries.find((entry): entry is Statement => isStatement(entry, "accept"));
}

function isStatement(entry: Entry, word: string): entry is Statement {
  return entry.kind === "statement" && entry.word.name === word;
}

/** Callers of which every identity is known. */
function callersOf(statement: Statement, context: CheckContext): readonly AcceptedCaller[] {
  const [first] = statement.phrase.terms;
  const callers = first === undefined || first.kind === "block" || first.kind === "mark" ? undefined : callersIn(first);
  return (callers ?? []).flatMap((names) => {
    const known = names.flatMap((name) => {
      const declaration = context.find("type", name);
      return declaration?.kind === "identity" ? [declaration.name.name] : [];
    });
    return known.length === names.length ? [known] : [];
  });
}
