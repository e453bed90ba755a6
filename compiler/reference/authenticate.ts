/** Who calls: every accepted identity is tried, and exactly one must verify (D8). Knows nothing of rules. */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { World } from "../../runtime/contract/world.ts";
import { lowerAscii, valueOf } from "./fields.ts";
import { verifyToken, type BoundIdentity, type Verified } from "./jwt.ts";

/** `why` is for `explain`: never shown to the client. */
export type Unauthenticated = {
  readonly cause: "unauthenticated" | "keys-unavailable";
  readonly challenges?: readonly string[];
  readonly why: string;
};

export async function authenticate(
  accepted: readonly BoundIdentity[],
  fields: readonly HeaderField[],
  now: number,
  world: World,
): Promise<Verified | Unauthenticated> {
  const found: Verified[] = [];
  const reasons: string[] = [];
  let keysWereMissing = false;
  for (const bound of accepted) {
    const token = tokenFor(bound, fields);
    const result = token === undefined ? "no token" : await verifyToken(token, bound, now, world);
    if (typeof result === "object") found.push(result);
    else reasons.push(`${bound.identity.name}: ${result}`);
    keysWereMissing ||= result === "keys-unavailable";
  }
  const [verified] = found;
  if (verified && found.length === 1) return verified;
  if (!verified && keysWereMissing) return { cause: "keys-unavailable", why: reasons.join(", ") };
  const challenges = accepted.map((bound) => challengeOf(bound, fields));
  const why = verified ? "more than one identity verified" : reasons.join(", ");
  return { cause: "unauthenticated", challenges: [...new Set(challenges)], why };
}

/** Undefined where no token came. */
function tokenFor({ identity }: BoundIdentity, fields: readonly HeaderField[]): string | undefined {
  if (identity.source.kind === "header") return valueOf(fields, identity.source.name);
  const credentials = valueOf(fields, "authorization") ?? "";
  const space = credentials.indexOf(" ");
  const scheme = space === -1 ? credentials : credentials.slice(0, space);
  if (lowerAscii(scheme) !== "bearer") return undefined;
  return space === -1 ? "" : credentials.slice(space + 1);
}

/** RFC 9110 section 11.6.1, RFC 6750 section 3. */
function challengeOf(bound: BoundIdentity, fields: readonly HeaderField[]): string {
  if (bound.identity.source.kind === "header") return "Token";
  return tokenFor(bound, fields) === undefined ? "Bearer" : 'Bearer error="invalid_token"';
}
