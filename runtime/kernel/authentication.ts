/**
 * Who calls: exactly one of the accepted identities must verify (D8). Knows where tokens stand and what a refusal says
 * (RFC 6750), not what makes a token good.
 */
import type { HeaderField, Principal } from "../contract/gateway.ts";
import type { World } from "../contract/world.ts";
import { firstValue } from "./fields.ts";
import type { Refused } from "./progress.ts";
import type { RunningIdentity, Verifiers } from "./running.ts";

export type Authenticated = { readonly identity: number; readonly principal: Principal };

/** `accept`: indexes into `identities`, not empty. Waits only where keys have to be fetched. */
export async function authenticate(
  accept: readonly number[],
  identities: readonly RunningIdentity[],
  headers: readonly HeaderField[],
  verifiers: Verifiers,
  world: World,
): Promise<Authenticated | Refused> {
  const verified: Authenticated[] = [];
  let keysMissing = false;
  for (const index of accept) {
    const identity = identities[index];
    const credential = identity === undefined ? undefined : credentialFor(identity, headers);
    if (identity === undefined || credential === undefined) continue;
    const checking = verifiers.jwt(identity.settings, credential, world);
    const result = checking instanceof Promise ? await checking : checking;
    if (result.ok) verified.push({ identity: index, principal: result.principal });
    else if (result.cause === "keys-unavailable") keysMissing = true;
  }
  const [one, another] = verified;
  if (one !== undefined && another === undefined) return one;
  if (one === undefined && keysMissing) return { cause: "keys-unavailable" };
  return { cause: "unauthenticated", facts: { challenges: challenges(accept, identities, headers) } };
}

function credentialFor({ header }: RunningIdentity, headers: readonly HeaderField[]): string | undefined {
  return header === undefined ? bearerToken(headers) : firstValue(headers, header);
}

/** What stands behind the first space after the scheme `Bearer`, in any case; empty where nothing does. */
function bearerToken(headers: readonly HeaderField[]): string | undefined {
  const value = firstValue(headers, "authorization");
  if (value === undefined) return undefined;
  const space = value.indexOf(" ");
  const scheme = space < 0 ? value : value.slice(0, space);
  if (scheme.toLowerCase() !== "bearer") return undefined;
  return space < 0 ? "" : value.slice(space + 1);
}

function challenges(accept: readonly number[], identities: readonly RunningIdentity[], headers: readonly HeaderField[]): readonly string[] {
  const bearer = bearerToken(headers) === undefined ? "Bearer" : 'Bearer error="invalid_token"';
  return [...new Set(accept.map((index) => (identities[index]?.header === undefined ? bearer : "Token")))];
}
