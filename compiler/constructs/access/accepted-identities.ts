/** Which identities the caller may have where a statement stands: the nearest `accept`, and for outer levels all those below as well. */
import type { Block, Entry, Expression, NameNode, Statement } from "../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { PrincipalHere } from "../../check/expressions/place.ts";

/** The names in `accept A or B`; undefined where the phrase is another. */
export function namesIn(node: Expression | undefined): readonly NameNode[] | undefined {
  if (node?.kind === "name") return [node];
  if (node?.kind === "paren") return namesIn(node.inner);
  if (node?.kind !== "binary" || node.operator !== "or") return undefined;
  const [left, right] = [namesIn(node.left), namesIn(node.right)];
  return left && right && [...left, ...right];
}

/** What the block itself accepts, else what is accepted around it. Reports nothing: the `accept` statement does. */
export function acceptOf(block: Block, around: Pick<Around, "accept">, context: CheckContext): Around["accept"] {
  const own = acceptStatement(block);
  return own === undefined ? around.accept : { identities: identitiesOf(own, context), span: own.span };
}

/** The caller of a route. */
export function callerOfRoute(block: Block | undefined, accept: Around["accept"]): PrincipalHere {
  const open = block?.entries.find((entry) => isStatement(entry, "public"));
  if (open !== undefined) return { missing: "this route is `public`", declared: open.span };
  if (accept === undefined || accept.identities.length === 0) return { missing: "no identity is accepted here" };
  return { identities: accept.identities };
}

/** The callers of all routes below an api or group. */
export function callersBelow(block: Block, accept: Around["accept"], context: CheckContext): PrincipalHere {
  const identities = new Set(accept?.identities);
  collect(block, identities, context);
  return identities.size === 0 ? { missing: "no identity is accepted here or below" } : { identities: [...identities] };
}

function collect(block: Block, identities: Set<string>, context: CheckContext): void {
  for (const entry of block.entries) {
    if (entry.kind !== "statement") continue;
    if (entry.word.name === "accept") for (const name of identitiesOf(entry, context)) identities.add(name);
    const inner = entry.phrase.terms.at(-1);
    if (inner?.kind === "block") collect(inner, identities, context);
  }
}

function acceptStatement(block: Block): Statement | undefined {
  return block.entries.find((entry): entry is Statement => isStatement(entry, "accept"));
}

function isStatement(entry: Entry, word: string): entry is Statement {
  return entry.kind === "statement" && entry.word.name === word;
}

function identitiesOf(statement: Statement, context: CheckContext): readonly string[] {
  const [first] = statement.phrase.terms;
  const names = first === undefined || first.kind === "block" || first.kind === "mark" ? undefined : namesIn(first);
  return (names ?? []).flatMap((name) => {
    const declaration = context.find("type", name);
    return declaration?.kind === "identity" ? [declaration.name.name] : [];
  });
}
