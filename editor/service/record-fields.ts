/**
 * From a field that is read, as in `body.pay.card`, to where its record type declares it. Promises: follows names of types and claims to what
 * was written, however many stand between; undefined where a type is broken.
 */
import type { Expression, Member, NameNode, Setting, Statement, Term } from "../../grammar/ast.ts";
import { claimName, claimsOf, textOfKey } from "./claims.ts";
import { current, nodesAt } from "./name-at.ts";
import type { FileView } from "./workspace.ts";

type Seen = Pick<FileView, "quick" | "tree" | "file">;
/** The terms of a type, and the file in which they stand. */
type Written = { readonly terms: readonly Term[]; readonly file: string };

/** Types that are named by types that are named by types. */
const LONGEST = 32;

/** The declaration of the field that `member` reads. */
export function fieldRead(seen: Seen, member: Member): Setting | undefined {
  const object = typeOf(seen, member.object);
  return object && fieldIn(seen, object, member.name.name, 0);
}

function typeOf(seen: Seen, expression: Expression): Written | undefined {
  const { quick, file } = seen;
  const expr = quick.files.get(file)?.types.get(expression);
  switch (expr?.op) {
    case "body": {
      const routes = nodesAt(seen.tree, expression.span.start).filter((node): node is Statement => node.kind === "statement");
      const terms = routes.map(({ phrase }) => phrase.terms).find((given) => given.some(isBody));
      const at = terms?.findIndex(isBody) ?? -1;
      return terms && { terms: terms.slice(at + 1), file };
    }
    case "field": {
      const setting = expression.kind === "member" ? fieldRead(seen, expression) : undefined;
      return setting && { terms: setting.value.terms, file: setting.span.file };
    }
    case "principalField": {
      const owner = quick.bound.declarations.find((one) => one.kind === "identity" && expr.identities.includes(one.name.name));
      const claim = owner && claimsOf(owner).find((one) => textOfKey(claimName(one)) === expr.name);
      return claim && { terms: claim.value.terms, file: claim.span.file };
    }
    default:
      return undefined;
  }
}

const isBody = (term: Term): boolean => term.kind === "name" && term.name === "body";

function fieldIn(seen: Seen, { terms: [first], file }: Written, name: string, depth: number): Setting | undefined {
  const type = first?.kind === "optional" ? first.type : first;
  if (type?.kind === "name" && depth < LONGEST) {
    const named = declaredType(seen, type, file);
    return named && fieldIn(seen, named, name, depth + 1);
  }
  const block = type?.kind === "record" ? type.block : type;
  if (block?.kind !== "block") return undefined;
  return block.entries.find((entry): entry is Setting => entry.kind === "setting" && textOfKey(claimName(entry)) === name);
}

function declaredType({ quick }: Seen, name: NameNode, file: string): Written | undefined {
  const use = quick.files.get(file)?.uses.find((one) => one.name === name);
  const declaration = use && current(quick, use.declaration);
  if (declaration?.kind !== "type") return undefined;
  const { terms } = declaration.statement.phrase;
  const at = terms.findIndex((term) => term.kind === "mark" && term.mark === "=");
  return { terms: terms.slice(at + 1), file: declaration.file };
}
