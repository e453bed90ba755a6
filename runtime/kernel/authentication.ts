/** Who calls: exactly one of the accepted identities must verify (D8). Knows no kind of them. */
import type { Cause, Principal } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { Withheld } from "../contract/verification.ts";
import type { World } from "../contract/world.ts";
import type { Call } from "./call.ts";
import type { Refused } from "./progress.ts";
import type { RunningIdentity } from "./running-identity.ts";

export type Authenticated = { readonly identity: number; readonly principal: Principal; readonly withheld?: Withheld };

/** `accept`: indexes into `identities`, not empty. Waits only where the outside has to be asked. */
export async function authenticate(
  accept: readonly number[],
  identities: readonly RunningIdentity[],
  call: Call,
  request: GatewayRequest,
  world: World,
): Promise<Authenticated | Refused> {
  const verified: Authenticated[] = [];
  const faults = new Set<Cause>();
  for (const index of accept) {
    const checking = identities[index]?.verify(call, request, world);
    const result = checking instanceof Promise ? await checking : checking;
    if (result?.ok === true) verified.push({ identity: index, ...result });
    else if (result !== undefined && result.cause !== "absent" && result.cause !== "invalid") faults.add(result.cause);
  }
  const [one, another] = verified;
  if (one !== undefined && another === undefined) return one;
  const fault = one === undefined ? inconclusive.find((cause) => faults.has(cause)) : undefined;
  if (fault !== undefined) return { cause: fault };
  return { cause: "unauthenticated", facts: { challenges: challenges(accept, identities, call) } };
}

/** Why nobody can tell whether a credential is good, the first of them answers. */
const inconclusive: readonly Cause[] = ["keys-unavailable", "body-too-large", "incomplete-body"];

/** Each distinct one once, in the order of `accept` (D47). */
function challenges(accept: readonly number[], identities: readonly RunningIdentity[], call: Call): readonly string[] {
  return [...new Set(accept.flatMap((index) => identities[index]?.challenge(call) ?? []))];
}
