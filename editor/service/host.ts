/**
 * The only door of the language service to the world outside. Promises asked of every host are those of the compiler's: nothing throws, paths
 * are absolute with `/`. Must not know editors.
 */
import type { CompilerHost } from "../../compiler/host.ts";

export type EditorHost = Pick<CompilerHost, "resolve" | "read" | "now"> & {
  /** Absolute paths of all `.gwl` files in the folder `root` and below. */
  readonly sources: (root: string) => readonly string[];
  /** Names in the folder at an absolute path, those of folders with `/` behind; none where there is no such folder, or nobody can tell. */
  readonly folder?: (path: string) => readonly string[];
  /** The page of a finding's code, in Markdown. */
  readonly page?: (code: string) => string | undefined;
  /** Comes back when other work that waits has had its turn. Long work asks for it between its steps. */
  readonly pause: () => Promise<void>;
};

/** Whoever asked does not want the answer any more. Asked between steps. */
export type Cancellation = { readonly isCancelled: () => boolean };

export const NEVER_CANCELLED: Cancellation = { isCancelled: () => false };
