/** How requests choose between the versions of an api that stand at one path. */

/** `header`: the field says the number; `media`: `Accept` or `Content-Type` names a media type; `parameter`: a parameter of the types there says the number. */
export type VersionsData = {
  readonly by: "header" | "media" | "parameter";
  /** Of the field, lower-case, or of the parameter; empty for `media`. */
  readonly name: string;
  /** What a request says for each, the versions ascending. Media types are lower-case. */
  readonly versions: readonly (readonly [version: number, says: string])[];
  /** What callers get who name none; absent: a refusal. */
  readonly byDefault?: number;
};
