/**
 * What an editor hears of a check besides its findings. Promises: hearing changes nothing, and without a listener nothing is paid for it.
 * Must not know who listens.
 */
import type { Block, Expression, NameNode } from "../../grammar/ast.ts";
import type { Declaration } from "../bind/declaration.ts";
import type { Within } from "../constructs/piece.ts";
import type { SettingShapes } from "../constructs/setting-shape.ts";
import type { Expr } from "../model/expression.ts";
import type { Around } from "./around.ts";
import type { IdentityShape, TagShape } from "./expressions/place.ts";

export type Listener = {
  /** `name` was looked up and means `declaration`. */
  readonly named: (name: NameNode, declaration: Declaration) => void;
  /** `node` comes to `expr`; what holds a finding is poison. */
  readonly typed: (node: Expression, expr: Expr) => void;
  /** The settings that `block` may have; `owner` as in "a `jwt` identity". */
  readonly settings: (block: Block, shapes: SettingShapes, owner: string) => void;
  /** Identities and tags as expressions see them. */
  readonly shapes: (identities: readonly IdentityShape[], tags: readonly TagShape[]) => void;
  /** The statements of `block` stand within `within`. */
  readonly statements: (block: Block, within: Within, around: Around) => void;
};
