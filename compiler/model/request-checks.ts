/** What a route takes beside its typed body: header fields and parts of the query by type, media types. */
import type { Span } from "../../grammar/source/span.ts";
import type { Type } from "./types.ts";

export type RequestChecks = {
  readonly fields: readonly CheckedField[];
  /** Lower-case media types of bodies, without parameters; absent: any. */
  readonly consumes?: readonly string[];
  /** Of answers: of these the client must take one. */
  readonly produces?: readonly string[];
  readonly span: Span;
};

/** `name`: of a header field in lower case. `type`: of each value, as a path parameter's. */
export type CheckedField = {
  readonly in: "header" | "query";
  readonly name: string;
  readonly type: Type;
  readonly isOptional: boolean;
  /** How often it may come; absent: once. */
  readonly times?: { readonly least: number; readonly most: number };
  readonly span: Span;
};
