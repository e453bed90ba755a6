/** What a rule of completion gives: the place in the text is put in at the end, what is left out has its usual value. */
import type { Completion } from "./answers.ts";

export type Candidate = Omit<Completion, "replace" | "edits" | "isSnippet" | "insert" | "rank"> &
  Partial<Pick<Completion, "edits" | "insert" | "isSnippet" | "rank">>;
