/** Who calls: every identity is tried, and exactly one of the accepted callers must have proved all of its own (D8, D121). Knows no rules. */
import type { BoundIdentity, Presented, Unverified, Verified } from "./identity.ts";

/** `why` is for `explain`: never shown to the client. */
export type Unauthenticated = {
  readonly cause: "unauthenticated" | (typeof UNDECIDED)[number];
  readonly challenges?: readonly string[];
  readonly why: string;
};

/** Nobody can tell whether the credential is good, or somebody said no; the first that is found answers. */
const UNDECIDED = [
  "keys-unavailable",
  "authorizer-failed",
  "body-too-large",
  "incomplete-body",
  "target-too-long",
  "authorizer-denied",
] as const;

/** `accepted`: the identities that each caller must prove together. */
export async function authenticate(
  accepted: readonly (readonly BoundIdentity[])[],
  presented: Presented,
): Promise<readonly Verified[] | Unauthenticated> {
  const identities = [...new Set(accepted.flat())];
  const found = new Map<BoundIdentity, Verified>();
  const reasons: string[] = [];
  const causes: Unverified[] = [];
  for (const identity of identities) {
    const result = await identity.verify(presented);
    if (typeof result === "object" && "principal" in result) {
      found.set(identity, result);
      continue;
    }
    const { cause, why } = typeof result === "object" ? result : { cause: result, why: result === "absent" ? "no credential" : result };
    causes.push(cause);
    reasons.push(`${identity.name}: ${why}`);
  }
  const proved = accepted.filter((caller) => caller.every((identity) => found.has(identity)));
  const [caller] = proved;
  if (caller && proved.length === 1) return caller.flatMap((identity) => found.get(identity) ?? []);
  const undecided = UNDECIDED.find((cause) => causes.includes(cause));
  if (!caller && undecided) return { cause: undecided, why: reasons.join(", ") };
  const challenges = identities.map((identity) => identity.challenge(presented));
  const why = caller ? "more than one caller verified" : reasons.join(", ");
  return { cause: "unauthenticated", challenges: [...new Set(challenges)], why };
}
