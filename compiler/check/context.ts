/**
 * What a construct may ask of the program while it is checked. Promises: asking reports nothing that was reported
 * before, and the order of questions changes no answer. Must not know any construct.
 */
import type { Block, NameNode, Term, TextNode } from "../../grammar/ast.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { Declaration, DeclarationKind, Namespace } from "../bind/declaration.ts";
import type { Piece, Within } from "../constructs/piece.ts";
import type { DataFile } from "../load/loaded.ts";
import type { PolicyFile } from "../model/iam.ts";
import type { DataKind, Policy, Site, SiteId } from "../model/program.ts";
import type { Type } from "../model/types.ts";
import type { Around } from "./around.ts";
import type { Place, Reads, Shape } from "./expressions/place.ts";
import type { Listener } from "./listener.ts";
import type { Meanings, MeaningKind } from "./meanings.ts";
import type { Report } from "./report.ts";
import type { TypeScope } from "./types/type-scope.ts";

export type { Around } from "./around.ts";

export type CheckContext = {
  readonly report: Report;
  readonly listener?: Listener | undefined;
  /** Names of all stages, sorted. */
  readonly stages: readonly string[];

  /**
   * The declaration that `name` means in the file where it stands; it counts as used. Undefined, and nothing reported,
   * where the file does not see such a name.
   */
  readonly find: (namespace: Namespace, name: NameNode) => Declaration | undefined;
  /**
   * What `name` means, which must be a declaration of `kind`. An unknown name, or one of another kind, is reported with
   * what was meant or what it is; a declaration that is broken itself is silent. Both give undefined.
   */
  readonly resolve: <Kind extends MeaningKind>(kind: Kind, name: NameNode) => Meanings[Kind] | undefined;
  /** The same without a name at hand. A declaration is read once, when it is first asked for; one that needs itself is reported. */
  readonly meaning: <Kind extends MeaningKind>(kind: Kind, declaration: Declaration) => Meanings[Kind] | undefined;
  /** All declarations of a kind in the program. */
  readonly declared: (kind: DeclarationKind) => readonly Declaration[];
  /** Names of one namespace that `file` can see, for did-you-mean. */
  readonly visibleNames: (namespace: Namespace, file: string) => readonly string[];

  /** What an expression of `file` can see that may read `reads`; `parameters` are those of the policy around. */
  readonly place: (file: string, reads: Reads, parameters?: readonly Shape[]) => Place;
  /** Whether a parameter that was given to `place` has been named since. */
  readonly wasRead: (parameter: Shape) => boolean;
  /** What a type of `file` can see. */
  readonly types: (file: string) => TypeScope;
  /** What the type declaration comes to of which `terms` are the type; finds types that hold themselves. */
  readonly declaredType: (declaration: Declaration, terms: readonly Term[]) => Type;

  /** The file that `from "..."` names; undefined where it could not be read, which is reported already. `as` is how the manifest lists it. */
  readonly data: (path: TextNode, as: DataKind) => DataFile | undefined;
  /** The source text of a span on one line, white space folded, shortened to `limit` characters. */
  readonly written: (span: Span, limit?: number) => string;
  /** How a statement that starts with `word` is written, if one may stand `within`. */
  readonly formOf: (word: string, within: Within) => string | undefined;
  /** Takes a place of a rule or use down and gives its number. `label` is made from the span. */
  readonly site: (site: Omit<Site, "label"> & { readonly label?: string }) => SiteId;
  /** Takes an IAM document into the program and gives its number. */
  readonly document: (file: PolicyFile) => number;
  /** Takes rules that belong together, as those of one IAM document do, for a policy that has no name of the user's; gives the one to use it by. */
  readonly namelessPolicy: (policy: Omit<Policy, "name">) => string;

  /**
   * Reads the statements of a block, each by the construct of its word. Settings, items and rows are reported as strays
   * unless `settings` says that the caller reads these itself (with `readSettings`).
   */
  readonly statements: (block: Block, within: Within, around: Around, settings?: "settings-read-elsewhere") => readonly Piece[];
};
