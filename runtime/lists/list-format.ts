/** What a list comes to, whatever its format. */

/** One entry as written, with the line that it stands on and what the list says about it. */
export type ListEntry = { readonly text: string; readonly line: number; readonly attributes: Readonly<Record<string, string>> };

export type ListReading =
  /** `attributes`: what entries of this format can be selected by; empty for formats that say nothing. */
  | { readonly kind: "list"; readonly entries: readonly ListEntry[]; readonly attributes: readonly string[] }
  | { readonly kind: "broken"; readonly why: string };

/** One object for all entries that say nothing: lists have a million of them. */
export const NO_ATTRIBUTES: ListEntry["attributes"] = {};
