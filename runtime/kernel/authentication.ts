/** Who calls: exactly one of the accepted identities must verify (D8). Knows no kind of them. */
import type { Principal } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { World } from "../contract/world.ts";
import type { Call } from "./call.ts";
import type { Refused } from "./progress.ts";
import type { RunningIdentity } from "./running-identity.ts";

export type Authenticated = { readonly identity: number; readonly principal: Principal };

/** `accept`: indexes into `identities`, not empty. Waits only where the outside has to be asked. */
export async function authenticate(
  accept: readonly number[],
  identities: readonly RunningIdentity[],
  call: Call,
  request: GatewayRequest,
  world: World,
): Promise<Authenticated | Refused> {
  const verified: Authenticated[] = [];
  let keysMissing = false;
  for (const index of accept) {
    const checking = identities[index]?.verify(call, request, world);
    const result = checking instanceof Promise ? await checking : checking;
    if (result?.ok === true) verified.push({ identity: index, principal: result.principal });
    else if (result?.cause === "keys-unavailable") keysMissing = true;
  }
  const [one, another] = verified;
  if (one !== undefined && another === undefined) return one;
  if (one === undefined && keysMissing) return { cause: "keys-unavailable" };
  return { cause: "unauthenticated", facts: { challenges: challenges(accept, identities, call) } };
}

/** Each distinct one once, in the order of `accept` (D47). */
function challenges(accept: readonly number[], identities: readonly RunningIdentity[], call: Call): readonly string[] {
  return [...new Set(accept.flatMap((index) => identities[index]?.challenge(call) ?? []))];
}
