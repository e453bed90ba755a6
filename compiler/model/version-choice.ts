/** How a request says that it wants this version of an api, where several stand at one path. */
import type { Span } from "../../grammar/source/span.ts";

export type VersionChoice = {
  readonly by: "header" | "media" | "parameter";
  /** The field or the parameter, lower-case; of `media` the type itself. */
  readonly name: string;
  /** Callers who name no version get this one. */
  readonly isDefault: boolean;
  readonly span: Span;
};
