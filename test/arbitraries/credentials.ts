/** What callers of generated identities bring, by kind. */
import { keyOf } from "./api-keys.ts";
import type { Choices } from "./choices.ts";
import { token } from "./tokens.ts";
import type { IdentityShape } from "./vocabulary.ts";

/** The text of its field, behind the scheme where that is `Authorization`. */
export function credential(c: Choices, identity: IdentityShape, now: number): string {
  return identity.kind === "api_key" ? keyOf(c, identity) : token(c, identity, now);
}
