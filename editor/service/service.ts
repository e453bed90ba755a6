/**
 * The language service as editors ask it. Promises: no question throws; each is answered from the texts of the moment it is answered in; what
 * is changed is read again, and no more. Paths are absolute as the host's `resolve` gives them; a file without a place on disk may have any.
 */
import type { SourceFile } from "../../grammar/index.ts";
import type * as a from "./answers.ts";
import type { Cancellation } from "./host.ts";
import type * as p from "./pictures.ts";
import type { Range, Spot } from "./places.ts";

export type Service = Texts & Diagnosing & Typing & Moving & Changing & Understanding;

/** What there is to read. These answer nothing and are done at once. */
export type Texts = {
  /** Folders whose `.gwl` files belong to the workspace; all at once. */
  readonly setRoots: (roots: readonly string[]) => void;
  /** The text of an editor, which stands before the file's on disk until it is closed; also for each change of it. */
  readonly open: (path: string, text: string) => void;
  readonly edit: (path: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]) => void;
  readonly close: (path: string) => void;
  /** Files of any kind (sources, lists, keys) that were made, changed or removed on disk. */
  readonly changedOnDisk: (paths: readonly string[]) => void;
  /** The text as it is now, to turn offsets into lines. */
  readonly source: (path: string) => SourceFile | undefined;
};

type Ask<Arguments extends readonly unknown[], T> = (...given: [...Arguments, token?: Cancellation]) => Promise<a.Answer<T>>;

export type Diagnosing = {
  /** What the text alone shows: there at once, for the first moment of a file. */
  readonly syntaxFindings: Ask<[path: string], readonly a.Finding[]>;
  /** First pass, for each keystroke: syntax, names, types, statements, of all files; only what depends on a change is read again. */
  readonly quickFindings: Ask<[], a.Findings>;
  /** Second pass, for a pause in typing: the first one's, and all that only whole programs show. Cancelled between its steps. */
  readonly allFindings: Ask<[], a.Findings>;
  /** The page of a finding's code, in Markdown, where the host has pages. */
  readonly page: (code: string) => string | undefined;
};

export type Typing = {
  readonly completions: Ask<[spot: Spot], readonly a.Completion[]>;
  readonly signature: Ask<[spot: Spot], a.Signature | undefined>;
  readonly hover: Ask<[spot: Spot], a.Hover | undefined>;
  /** Who is told when programs are checked asks for what is known, and then again. */
  readonly inlayHints: Ask<[range: Range, patience: a.Patience], readonly a.InlayHint[]>;
  readonly semanticTokens: Ask<[path: string], readonly a.SemanticToken[]>;
  readonly format: Ask<[path: string], readonly a.Edit[]>;
  readonly formatRange: Ask<[range: Range], readonly a.Edit[]>;
  /** After `character` was typed right before `spot`: `}` or a line break. */
  readonly formatOnType: Ask<[spot: Spot, character: string], readonly a.Edit[]>;
};

export type Moving = {
  readonly definition: Ask<[spot: Spot], readonly Range[]>;
  readonly typeDefinition: Ask<[spot: Spot], readonly Range[]>;
  /** Of a policy: the routes and levels where it applies. */
  readonly implementation: Ask<[spot: Spot], readonly Range[]>;
  readonly references: Ask<[spot: Spot, withDeclaration: boolean], readonly Range[]>;
  readonly highlights: Ask<[spot: Spot], readonly a.Highlight[]>;
  readonly documentSymbols: Ask<[path: string], readonly a.DocumentSymbol[]>;
  readonly workspaceSymbols: Ask<[query: string], readonly a.WorkspaceSymbol[]>;
  readonly callItem: Ask<[spot: Spot], a.CallItem | undefined>;
  readonly incomingCalls: Ask<[selection: Range], readonly a.CallLink[]>;
  readonly outgoingCalls: Ask<[selection: Range], readonly a.CallLink[]>;
  readonly foldings: Ask<[path: string], readonly a.Folding[]>;
  /** For each offset the ranges around it, innermost first. */
  readonly selectionRanges: Ask<[path: string, offsets: readonly number[]], readonly (readonly Range[])[]>;
  readonly documentLinks: Ask<[path: string], readonly a.DocumentLink[]>;
};

export type Changing = {
  readonly renameable: Ask<[spot: Spot], a.Renameable | undefined>;
  readonly rename: Ask<[spot: Spot, name: string], a.Renaming>;
  readonly codeActions: Ask<[range: Range], readonly a.CodeAction[]>;
  readonly fixAll: Ask<[path: string], readonly a.Edit[]>;
  readonly organizeImports: Ask<[path: string], readonly a.Edit[]>;
};

export type Understanding = {
  readonly codeLenses: Ask<[path: string, patience: a.Patience], readonly a.CodeLens[]>;
  /** Of all programs of the workspace, by file. */
  readonly tests: Ask<[], readonly p.TestItem[]>;
  /** By their ids; without any, all. `onDone` hears of each as it ends. */
  readonly runTests: Ask<[ids: readonly string[], onDone?: (run: p.TestRun) => void], readonly p.TestRun[]>;
  /** Of the program that `path` belongs to. */
  readonly routeTree: Ask<[path: string], p.RouteTree | undefined>;
  readonly decisionTable: Ask<[spot: Spot], p.DecisionTable | undefined>;
  /** What the form may offer: identities with their claims, and stages. */
  readonly callForm: Ask<[path: string], p.CallForm | undefined>;
  /** Asks the program that `path` belongs to. */
  readonly tryRequest: Ask<[path: string, call: p.TriedCall], p.TriedAnswer>;
};
