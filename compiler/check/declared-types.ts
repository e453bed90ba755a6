/** Types that a program declares, as the type room wants them. Promises: one `TypeDeclaration` for each declaration. */
import type { NameNode, Term } from "../../grammar/ast.ts";
import type { Declaration } from "../bind/declaration.ts";
import type { RegexProver } from "./literals/regex-prover.ts";
import type { NameTable } from "./name-table.ts";
import type { Report } from "./report.ts";
import { typeResolver } from "./types/type-resolver.ts";
import type { TypeDeclaration, TypeScope } from "./types/type-scope.ts";
import { PLAN_TYPE } from "../model/plans.ts";
import type { Type } from "../model/types.ts";

export type DeclaredTypes = {
  readonly scope: (file: string) => TypeScope;
  /** The type of `declaration`, of which `terms` are what follows its `=`. */
  readonly resolve: (declaration: Declaration, terms: readonly Term[]) => Type;
  /** The type of a declaration that is just being resolved: the type room says that it holds itself. */
  readonly again: (declaration: Declaration) => Type | undefined;
};

/** `ask` gives the meaning of another `type` declaration. `plans`: names of the plans that the program declares. */
export function declaredTypes(
  names: NameTable,
  proveLinear: RegexProver,
  report: Report,
  ask: (declaration: Declaration) => Type | undefined,
  plans: readonly string[],
): DeclaredTypes {
  const resolver = typeResolver(report);
  const planType: Type | undefined =
    plans.length === 0 ? undefined : { kind: "newtype", name: PLAN_TYPE, base: { kind: "literals", values: [...plans].sort() } };
  const known = new Map<Declaration, TypeDeclaration>();
  const lookup = (name: NameNode): Type | undefined => {
    const found = names.find("type", name);
    if (found === undefined && name.name === PLAN_TYPE) return planType;
    return found?.kind === "type" ? (ask(found) ?? { kind: "poison" }) : undefined;
  };
  const scope = (file: string): TypeScope => ({ lookup, names: () => names.visible("type", file), proveLinear });
  return {
    scope,
    resolve: (declaration, terms) => {
      const { name, statement, file } = declaration;
      const own = known.get(declaration) ?? { name, terms, span: statement.span, scope: scope(file) };
      known.set(declaration, own);
      return resolver(own);
    },
    again: (declaration) => {
      const own = known.get(declaration);
      return own === undefined ? undefined : resolver(own);
    },
  };
}
