import type { Span } from "./span.ts";

/** Findings of every stage have this one shape. It stays structured until a renderer prints it. */
export type Severity = "error" | "warning" | "note";
export type Related = { readonly span: Span; readonly message: string };
export type TextEdit = { readonly span: Span; readonly text: string };
export type Fix = { readonly title: string; readonly edits: readonly TextEdit[] };

/**
 * What a finding is to others. `tears`: which part of its declaration is what, and what that declares, is a guess. `unread`: its statement
 * says nothing. `missed`: it says that a name is not there, and `missed-import` that a file does not have it, so that whoever imports it
 * misses it as well. `lacks`: it says that a statement has too little in it.
 */
export type Role = "tears" | "unread" | "missed" | "missed-import" | "lacks";

export type Diagnostic = {
  readonly code: string;
  readonly name: string;
  readonly role?: Role;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Said right at the underlined place. */
  readonly label?: string;
  /** The other party: "first declared here". */
  readonly related: readonly Related[];
  readonly help?: string;
  readonly fixes: readonly Fix[];
  readonly tags: readonly ("unused" | "deprecated")[];
};

/** A stage's product with what it found on the way. A stage never throws. */
export type Staged<T> = { readonly value: T; readonly diagnostics: readonly Diagnostic[] };

/** A kind of finding: one stable code, one wording. `Holes` are what the wording needs; forgetting one does not compile. */
export type DiagnosticKind<Holes> = {
  readonly code: string;
  readonly name: string;
  readonly role?: Role;
  readonly severity: Severity;
  readonly tags: readonly ("unused" | "deprecated")[];
  readonly message: (holes: Holes) => string;
  readonly label?: (holes: Holes) => string;
  readonly help?: (holes: Holes) => string;
  /** The replacement for the main span, when there is exactly one right one. */
  readonly replacement?: (holes: Holes) => { readonly title: string; readonly text: string };
};

type Definition<Holes> = Omit<DiagnosticKind<Holes>, "severity" | "tags"> & { readonly tags?: readonly ("unused" | "deprecated")[] };

export const defineError = <Holes = Record<never, never>>(definition: Definition<Holes>): DiagnosticKind<Holes> =>
  define("error", definition);
export const defineWarning = <Holes = Record<never, never>>(definition: Definition<Holes>): DiagnosticKind<Holes> =>
  define("warning", definition);
export const defineNote = <Holes = Record<never, never>>(definition: Definition<Holes>): DiagnosticKind<Holes> =>
  define("note", definition);

function define<Holes>(severity: Severity, definition: Definition<Holes>): DiagnosticKind<Holes> {
  return { tags: [], ...definition, severity };
}

/** One finding of `kind` at `span`. */
export function finding<Holes>(kind: DiagnosticKind<Holes>, span: Span, holes: Holes, related: readonly Related[] = []): Diagnostic {
  const replacement = kind.replacement?.(holes);
  return {
    code: kind.code,
    name: kind.name,
    ...(kind.role && { role: kind.role }),
    severity: kind.severity,
    message: kind.message(holes),
    span,
    ...(kind.label ? { label: kind.label(holes) } : {}),
    related,
    ...(kind.help ? { help: kind.help(holes) } : {}),
    fixes: replacement ? [{ title: replacement.title, edits: [{ span, text: replacement.text }] }] : [],
    tags: kind.tags,
  };
}
