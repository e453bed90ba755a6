/** Data from a file, each value with its place. Promises: plain trees, no aliases, no key twice in one map. Knows no meaning. */
import type { Span } from "../../grammar/source/span.ts";

export type DataNode =
  | { readonly kind: "map"; readonly span: Span; readonly entries: readonly DataEntry[] }
  | { readonly kind: "list"; readonly span: Span; readonly items: readonly DataNode[] }
  | { readonly kind: "text"; readonly span: Span; readonly value: string }
  /** `written` is as in the file: `0123` is the number 123. */
  | { readonly kind: "number"; readonly span: Span; readonly value: number; readonly written: string }
  | { readonly kind: "bool"; readonly span: Span; readonly value: boolean; readonly written: string }
  | { readonly kind: "null"; readonly span: Span };

/** Keys are as written: `0123456789012` stays that. */
export type DataEntry = { readonly key: string; readonly keySpan: Span; readonly value: DataNode };

/** Why a text is no data. `what` is a clause that may quote a few words of the text. */
export type DataProblem = { readonly span: Span; readonly what: string };

export type DataReading =
  | { readonly ok: true; readonly node: DataNode }
  | { readonly ok: false; readonly problems: readonly DataProblem[] };
