/**
 * What the language service answers, as plain data that any editor can show. Promises: deeply readonly, can be written as JSON; `markdown` is
 * CommonMark. One type for each kind of answer; which feature gives it is said in service.ts.
 */
import type { Severity } from "../../grammar/index.ts";
import type { Range } from "./places.ts";

/** Every request is answered: an exception or a change of mind is an answer, too. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: "cancelled" }
  /** A fault of the service; `message` is for its log. */
  | { readonly ok: false; readonly why: "fault"; readonly message: string };

/** For what hangs on whole programs: `whole` waits for what is true now; `known` takes what there is, or what was last true. */
export type Patience = "whole" | "known";

export type Edit = Range & { readonly text: string };
export type Related = { readonly range: Range; readonly message: string };

export type Finding = {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** Said at the place, and the next step. */
  readonly label?: string;
  readonly help?: string;
  readonly related: readonly Related[];
  readonly tags: readonly ("unused" | "deprecated")[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[] }[];
  /** Path of the code's page below the project's documentation: `diagnostics/GWL3104.md`. */
  readonly page: string;
};
/** By absolute path; a file without findings is there with none. */
export type Findings = ReadonlyMap<string, readonly Finding[]>;

export type CompletionKind =
  | "keyword"
  | "snippet"
  | "setting"
  | "constant"
  | "environment"
  | "secret"
  | "network"
  | "type"
  | "identity"
  | "backend"
  | "tag"
  | "policy"
  | "api"
  | "parameter"
  | "field"
  | "method"
  | "function"
  | "stage"
  | "value"
  | "operator"
  | "file";
export type Completion = {
  readonly label: string;
  readonly kind: CompletionKind;
  /** On the line of the label: a type, a form. */
  readonly detail?: string;
  readonly documentation?: string;
  /** Takes the place of `replace`. A snippet has `${1:name}` and `$0` as the protocol has them. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly replace: Range;
  /** Smaller ones first; then by label. */
  readonly rank: number;
  /** Edits elsewhere, such as the import of what is not seen yet. */
  readonly edits: readonly Edit[];
};

export type Signature = {
  /** `inside(net: Network)` */
  readonly label: string;
  readonly documentation?: string;
  /** Half-open places in `label`. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly documentation?: string }[];
  /** Where the cursor is; undefined behind the last. */
  readonly active?: number;
};

export type Hover = { readonly range: Range; readonly markdown: string };
export type InlayHint = { readonly offset: number; readonly label: string; readonly kind: "type" | "rules"; readonly tooltip?: string };

/** In the order that `SEMANTIC_TYPES` and `SEMANTIC_MODIFIERS` give. */
export type SemanticToken = {
  readonly start: number;
  readonly end: number;
  readonly type: SemanticType;
  readonly modifiers: readonly SemanticModifier[];
};
export const SEMANTIC_TYPES = [
  "keyword",
  "property",
  "variable",
  "parameter",
  "type",
  "class",
  "function",
  "method",
  "namespace",
  "enumMember",
  "string",
  "number",
  "regexp",
  "operator",
  "comment",
] as const;
export type SemanticType = (typeof SEMANTIC_TYPES)[number];
export const SEMANTIC_MODIFIERS = ["declaration", "readonly", "documentation", "defaultLibrary"] as const;
export type SemanticModifier = (typeof SEMANTIC_MODIFIERS)[number];

export type SymbolKind =
  | "gateway"
  | "api"
  | "group"
  | "route"
  | "test"
  | "constant"
  | "environment"
  | "secret"
  | "network"
  | "type"
  | "identity"
  | "backend"
  | "tag"
  | "policy"
  | "statement";
export type DocumentSymbol = {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  /** The name within `range`. */
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
};
export type WorkspaceSymbol = { readonly name: string; readonly kind: SymbolKind; readonly range: Range; readonly container?: string };

/** A policy, or what uses it: a policy, a route, an api, a group, the gateway. */
export type CallItem = {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  readonly selection: Range;
};
/** `at` are the uses, in the file of whoever uses. */
export type CallLink = { readonly item: CallItem; readonly at: readonly Range[] };

export type Folding = { readonly start: number; readonly end: number; readonly kind: "block" | "comment" | "imports" };
export type DocumentLink = { readonly range: Range; readonly target: string };
export type Highlight = { readonly range: Range; readonly kind: "declaration" | "use" };

/** `why` is a sentence for the user. */
export type Renaming = { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly why: string };
/** What would be renamed; undefined where nothing can be. */
export type Renameable = { readonly range: Range; readonly name: string };

export type CodeActionKind = "quickfix" | "fixAll" | "organizeImports" | "extract" | "rewrite";
export type CodeAction = {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly edits: readonly Edit[];
  /** The finding that goes away: its code and range. */
  readonly fixes?: { readonly code: string; readonly range: Range };
  readonly isPreferred: boolean;
};

export type CodeLens = {
  readonly range: Range;
  readonly title: string;
  readonly command: { readonly name: "runTest"; readonly test: string } | { readonly name: "explainRoute"; readonly at: Range };
};
