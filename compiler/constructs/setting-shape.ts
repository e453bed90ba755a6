/** How a setting is described: what messages, the manual and completion say of it. Must not know who reads it. */
import type { Type } from "../model/types.ts";

/**
 * | form       | written                    | read as                                                          |
 * |------------|----------------------------|------------------------------------------------------------------|
 * | `value`    | `name: value`              | `Expr` of `type`: constants, environment, `stage { }`              |
 * | `constant` | `name: value`              | `{ value, span }` of `type`, known now                             |
 * | `phrase`   | `name: anything`           | its `Phrase`, for a form of its own                                |
 * | `block`    | `name { ... }`             | its `Block`                                                        |
 *
 * `doc` goes on "`name` is ..."; `byDefault` says for the manual what holds without it.
 */
export type SettingShape = {
  readonly doc: string;
  readonly required?: true;
  /** Another setting that stands in for a required one. */
  readonly unless?: string;
  readonly byDefault?: string;
} & (
  | { readonly form: "value"; readonly type: Type }
  | { readonly form: "constant"; readonly type: Type }
  | { readonly form: "phrase" }
  | { readonly form: "block" }
);
export type SettingShapes = Readonly<Record<string, SettingShape>>;
