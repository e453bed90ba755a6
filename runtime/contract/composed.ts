/** Parts of an answer that comes together from those of several backends. */
import type { WholeReply } from "./read-answer.ts";

/** What the answer of a part's backend comes to. `value`: of JSON. `failed`: as `misfit` of a single answer; `status`: it is no success; `decides`: the whole has its status. */
export type JudgedPart =
  | { readonly kind: "fits"; readonly value: unknown }
  | { readonly kind: "absent" | "decides" }
  | { readonly kind: "failed"; readonly at: string; readonly message: string }
  | { readonly kind: "status" };

export type PartReading = {
  readonly name: string;
  /** However it fails, the answer does without it. */
  readonly isOptional: boolean;
  /** The most bytes of an answer with this status; undefined: its body is not read, and empty to `judge`. */
  readonly mostBytes: (status: number) => number | undefined;
  /** Pure. */
  readonly judge: (reply: WholeReply) => JudgedPart;
};

/** What the client gets of the values of all parts in their order, undefined where one is absent. Undefined: it would be too large. Pure. */
export type Together = (values: readonly unknown[]) => Uint8Array | undefined;
