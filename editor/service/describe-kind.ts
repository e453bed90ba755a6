/** Words that are written inside of statements: kinds of backends and identities, and the parts of `compose`. */
import type { Setting, Statement } from "../../grammar/ast.ts";
import type { SyntaxNode } from "../../grammar/index.ts";
import { BACKEND_KINDS } from "../../compiler/constructs/core/backend.ts";
import { IDENTITY_KINDS } from "../../compiler/constructs/core/identity.ts";
import { PART_WRITTEN } from "../../compiler/constructs/shaping/compose-part.ts";
import { holds } from "./name-at.ts";

/** Forms of what `offset` stands on, and what it is. */
export type Forms = { readonly span: SyntaxNode["span"]; readonly written: readonly string[]; readonly what: string };

/** `nodes` are those around `offset`, outermost first. */
export function formsAt(nodes: readonly SyntaxNode[], offset: number): Forms | undefined {
  const statement = nodes.findLast((node): node is Statement => node.kind === "statement");
  return statement?.word.name === "compose" ? ofPart(nodes, offset) : statement && ofKind(statement, offset);
}

function ofKind({ word, phrase: { terms } }: Statement, offset: number): Forms | undefined {
  const kinds = word.name === "backend" ? BACKEND_KINDS : word.name === "identity" ? IDENTITY_KINDS : undefined;
  const term = terms.find(({ span }) => holds(span, offset));
  const name = term?.kind === "call" ? term.callee : term;
  const kind = name?.kind === "name" && holds(name.span, offset) && name !== terms[0] ? kinds?.get(name.name) : undefined;
  return name && kind && { span: name.span, written: kind.written, what: `a kind of ${word.name}` };
}

function ofPart(nodes: readonly SyntaxNode[], offset: number): Forms | undefined {
  const part = nodes.findLast((node): node is Setting => node.kind === "setting");
  const word = part && [part.key, ...part.value.terms].find(({ kind, span }) => kind === "name" && holds(span, offset));
  return (
    word && {
      span: word.span,
      written: PART_WRITTEN,
      what: "a part of the answer: what is asked where, of which type its answer is, and what becomes of failures",
    }
  );
}
