/** Versions of apis that requests choose, as the kernel knows them: a handler whose program has some brings what reads requests. */
import type { Cause, HeaderField } from "../contract/gateway.ts";
import type { VersionsData } from "../contract/version-data.ts";

export type StartVersions = (data: readonly VersionsData[]) => Versions;
/** Of one request. */
export type Versions = (headers: readonly HeaderField[]) => AskedVersions;

/** `versions`: what it may say. */
export type VersionRefusal = { readonly cause: Cause; readonly facts: { readonly versions: readonly string[] } };

/** What one request says of versions. It remembers which apis it was asked about: the answer depends on what it says there. */
export type AskedVersions = {
  /** Forgets what was asked: the walk begins anew. */
  readonly begin: () => void;
  /** Whether a route of this version may take the request. Where the request does not say which version it wants, every one may: it is refused then. */
  readonly mayTake: (choice: readonly [versions: number, version: number]) => boolean;
  /** Of the route that was found: undefined where the request may go on. */
  readonly refusal: (choice: readonly [versions: number, version: number]) => VersionRefusal | undefined;
  /** `Vary` fields for what was asked. */
  readonly vary: () => readonly HeaderField[];
};
