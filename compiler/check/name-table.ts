/** Finds declarations by name and remembers which were found. Promises: finding reports nothing; only `explainMissing` speaks. */
import type { NameNode } from "../../grammar/ast.ts";
import { finding } from "../../grammar/source/diagnostic.ts";
import type { BoundProgram } from "../bind/bound-program.ts";
import { ARTICLE_OF, type Declaration, type DeclarationKind, NAMESPACE_OF, type Namespace } from "../bind/declaration.ts";
import { didYouMean } from "./did-you-mean.ts";
import { unknownName, wrongKindOfName } from "./names.diagnostics.ts";
import type { Listener } from "./listener.ts";
import type { Report } from "./report.ts";

export type NameTable = {
  /** What the file that `name` stands in sees under it; counts as a use. */
  readonly find: (namespace: Namespace, name: NameNode) => Declaration | undefined;
  /** What the file sees under the name in any namespace; no use. */
  readonly findAny: (name: NameNode) => Declaration | undefined;
  readonly visible: (namespace: Namespace, file: string) => readonly string[];
  /** Reports that `name` is no declaration of `kind` here: what it is instead, or what may be meant. */
  readonly explainMissing: (kind: DeclarationKind, name: NameNode) => void;
  readonly isUsed: (declaration: Declaration) => boolean;
  /** Whether `file` itself looked the declaration up. */
  readonly isUsedIn: (declaration: Declaration, file: string) => boolean;
};

const NAMESPACES: readonly Namespace[] = [...new Set(Object.values(NAMESPACE_OF))];

export function nameTable(bound: BoundProgram, report: Report, listener?: Listener): NameTable {
  const users = new Map<Declaration, Set<string>>();
  const look = (namespace: Namespace, name: NameNode): Declaration | undefined =>
    bound.scopes.get(name.span.file)?.visible[namespace].get(name.name);
  const findAny = (name: NameNode): Declaration | undefined => {
    for (const namespace of NAMESPACES) {
      const found = look(namespace, name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const visible = (namespace: Namespace, file: string): readonly string[] => [...(bound.scopes.get(file)?.visible[namespace].keys() ?? [])];
  return {
    find: (namespace, name) => {
      const found = look(namespace, name);
      if (found === undefined) return undefined;
      users.set(found, (users.get(found) ?? new Set()).add(name.span.file));
      listener?.named(name, found);
      return found;
    },
    findAny,
    visible,
    explainMissing: (kind, name) => {
      const is = look(NAMESPACE_OF[kind], name) ?? findAny(name);
      if (is !== undefined) {
        const holes = { name: name.name, is: ARTICLE_OF[is.kind], needs: ARTICLE_OF[kind] };
        report(finding(wrongKindOfName, name.span, holes, [{ span: is.name.span, message: "declared here" }]));
        return;
      }
      report(finding(unknownName, name.span, { name: name.name, what: bare(kind), ...missing(bound, kind, name) }));
    },
    isUsed: (declaration) => users.has(declaration),
    isUsedIn: (declaration, file) => users.get(declaration)?.has(file) ?? false,
  };
}

function missing(
  bound: BoundProgram,
  kind: DeclarationKind,
  name: NameNode,
): { meant: string | undefined; declaredIn: string | undefined } {
  const seen = bound.scopes.get(name.span.file)?.visible[NAMESPACE_OF[kind]] ?? new Map<string, Declaration>();
  const fitting = [...seen].flatMap(([written, declaration]) => (declaration.kind === kind ? [written] : []));
  const hidden = bound.declarations.find((declaration) => declaration.kind === kind && declaration.name.name === name.name);
  return { meant: didYouMean(name.name, fitting), declaredIn: hidden?.file };
}

function bare(kind: DeclarationKind): string {
  return ARTICLE_OF[kind].replace(/^an? /, "");
}
