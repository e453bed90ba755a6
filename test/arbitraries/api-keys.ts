/** Keys and stores for generated `api_key` identities: some entries are good, others switched off, at their end or just before it. */
import { createHash } from "node:crypto";
import type { Choices } from "./choices.ts";
import { goodValue } from "./fields.ts";
import type { IdentityShape } from "./vocabulary.ts";

/** The instant of most requests. */
const NOON = Date.UTC(2026, 5, 15, 12);
const ENTRIES = [{}, {}, { enabled: true }, { enabled: false }, { expires: iso(NOON) }, { expires: iso(NOON + 1) }] as const;

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** The first one is as plain as can be. */
export const keyAt = ({ name }: IdentityShape, index: number): string => `key-${index}-of-${name}`.padEnd(24, ".");

export function storeOf(c: Choices, identity: IdentityShape): string {
  const keys = ENTRIES.map((more, index) => {
    const fields = identity.claims.flatMap((claim) =>
      claim.isOptional && c.chance(1, 3) ? [] : [[claim.claim, goodValue(c, claim.type)] as const],
    );
    const sha256 = createHash("sha256").update(keyAt(identity, index)).digest("hex");
    return { id: index % 2 === 0 ? "u1" : "u2", sha256, fields: Object.fromEntries(fields), ...more };
  });
  return JSON.stringify({ keys });
}

/** Most are known; the others are wrong in one way each. */
export function keyOf(c: Choices, identity: IdentityShape): string {
  if (!c.chance(1, 6)) return keyAt(identity, c.below(ENTRIES.length));
  return c.pick([
    keyAt(identity, ENTRIES.length),
    "short",
    "",
    "x".repeat(129),
    `${keyAt(identity, 0)} `,
    keyAt(identity, 0).toUpperCase(),
  ]);
}
