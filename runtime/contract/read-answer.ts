/** Answers of backends that the gateway reads whole before anything of them goes on. */

/** Header fields as they came: names and values in turn. */
export type WholeReply = { readonly status: number; readonly rawHeaders: readonly string[]; readonly body: Uint8Array };

/**
 * What becomes of such an answer. `fits`: it passes as it came; `mapped`: these fields and bytes in its place; `misfit`: it does not go on. `at` is a JSON
 * pointer of names that the program declares, so that no value and no name of the backend's shows; `message` says what is wrong there.
 */
export type Judged =
  | { readonly kind: "fits" }
  | { readonly kind: "mapped"; readonly rawHeaders: readonly string[]; readonly body: Uint8Array }
  | { readonly kind: "misfit"; readonly at: string; readonly message: string };

export type ReadAnswer = {
  /** The most bytes of an answer with this status; undefined: it is not read. */
  readonly mostBytes: (status: number) => number | undefined;
  /** Pure. */
  readonly judge: (reply: WholeReply) => Judged;
};
