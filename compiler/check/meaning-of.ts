/** Hands a declaration to the construct that declared it, and names to declarations. Knows no words. */
import { type Declaration, NAMESPACE_OF } from "../bind/declaration.ts";
import type { Construct, DeclarationConstruct } from "../constructs/construct.ts";
import type { CheckContext } from "./context.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import { meaningTable, type MeaningTable } from "./meaning-table.ts";
import type { MeaningKind, Meanings } from "./meanings.ts";
import type { NameTable } from "./name-table.ts";
import type { Report } from "./report.ts";

export type MeaningsOf = Pick<CheckContext, "meaning" | "resolve">;

type Makings = {
  readonly constructs: readonly Construct[];
  readonly names: NameTable;
  readonly report: Report;
  /** Of types that are being resolved, the type room speaks: it knows what holds what. */
  readonly again: DeclaredTypes["again"];
  /** Asked for when a declaration is read, not before. */
  readonly context: () => CheckContext;
};

type AnyMeaning = Meanings[MeaningKind];

export function meanings({ constructs, names, report, again, context }: Makings): MeaningsOf {
  const read = (declaration: Declaration): AnyMeaning | undefined => {
    const construct = constructs.find((candidate) => candidate.kind === "declaration" && candidate.declares === declaration.kind);
    return construct?.kind === "declaration" ? (construct as DeclarationConstruct<MeaningKind>).mean(declaration, context()) : undefined;
  };
  const known: MeaningTable<AnyMeaning> = meaningTable(read, report, again);
  const meaning = <Kind extends MeaningKind>(kind: Kind, declaration: Declaration): Meanings[Kind] | undefined =>
    // INVARIANT: a declaration of `kind` is read by the construct that declares `kind`, whose `mean` gives that meaning.
    declaration.kind === kind ? (known(declaration) as Meanings[Kind] | undefined) : undefined;
  return {
    meaning,
    resolve: (kind, name) => {
      const found = names.find(NAMESPACE_OF[kind], name);
      if (found?.kind === kind) return meaning(kind, found);
      names.explainMissing(kind, name);
      return undefined;
    },
  };
}
