/**
 * The only I/O that the compiler's stages know. Promises of every host: nothing throws, the same question gives the same
 * answer during one compilation, paths have `/`.
 */
export type CompilerHost = {
  /** The one absolute path of what `path` names, links followed; a relative path starts at the working folder. Undefined where nothing is there. */
  readonly resolve: (path: string) => string | undefined;
  /** All bytes of a regular file. `path` is one that `resolve` gave; nothing is read beyond `limit` bytes. */
  readonly read: (path: string, limit: number) => HostRead;
  /** SHA-256 as 64 lower-case hex digits. */
  readonly sha256: (bytes: Uint8Array) => string;
  /** Milliseconds of a clock that only goes forward, for measuring. */
  readonly now: () => number;
};

export type HostRead = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: Unreadable };

export type Unreadable = "missing" | "not-a-file" | "too-large" | "no-permission" | "broken";
