/** Who calls: exactly one of the accepted callers must prove all of its identities (D8, D121). Knows no kind of them. */
import type { Cause, Principal } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { Verification } from "../contract/verification.ts";
import type { World } from "../contract/world.ts";
import type { Call, CallPrincipal } from "./call.ts";
import type { Refused } from "./progress.ts";
import type { RunningIdentity } from "./running-identity.ts";

export type Authenticated = CallPrincipal & { readonly principal: Principal };

/**
 * `accept`: callers by indexes into `identities`, not empty. Gives one for each identity of the caller. A promise only where the outside has to
 * be asked.
 */
export function authenticate(
  accept: readonly (readonly number[])[],
  identities: readonly RunningIdentity[],
  call: Call,
  request: GatewayRequest,
  world: World,
): Judged | Promise<Judged> {
  // One identity alone is asked without lists for each call.
  const isAlone = accept.length === 1 && accept[0]?.length === 1;
  let trial: Trial | undefined;
  for (const caller of accept) {
    for (const index of caller) {
      if (trial?.tried.includes(index) === true) continue;
      const checking = identities[index]?.verify(call, request, world);
      if (checking instanceof Promise) return later(checking, trial ?? begun(accept, identities), index, call, request, world);
      if (isAlone && checking?.ok === true) return [proof(index, checking)];
      note((trial ??= begun(accept, identities)), index, checking);
    }
  }
  return judged(trial ?? begun(accept, identities), call);
}

type Judged = readonly Authenticated[] | Refused;
type Trial = {
  readonly accept: readonly (readonly number[])[];
  readonly identities: readonly RunningIdentity[];
  readonly verified: Authenticated[];
  readonly tried: number[];
  readonly faults: Cause[];
};

function begun(accept: Trial["accept"], identities: Trial["identities"]): Trial {
  return { accept, identities, verified: [], tried: [], faults: [] };
}

/** Goes on behind the first identity that had to ask the outside. */
async function later(
  checking: Promise<Verification>,
  trial: Trial,
  index: number,
  call: Call,
  request: GatewayRequest,
  world: World,
): Promise<Judged> {
  note(trial, index, await checking);
  for (const other of trial.accept.flat()) {
    if (trial.tried.includes(other)) continue;
    note(trial, other, await trial.identities[other]?.verify(call, request, world));
  }
  return judged(trial, call);
}

function note({ verified, tried, faults }: Trial, index: number, result: Verification | undefined): void {
  tried.push(index);
  if (result?.ok === true) verified.push(proof(index, result));
  else if (result !== undefined && result.cause !== "absent" && result.cause !== "invalid") faults.push(result.cause);
}

function proof(identity: number, { principal, withheld, policies }: Extract<Verification, { ok: true }>): Authenticated {
  const { id, claims } = principal;
  return { identity, id, claims, withheld, policies, principal };
}

function judged({ accept, identities, verified, tried, faults }: Trial, call: Call): Judged {
  const proved = verified.length === 0 ? nobody : accept.filter((caller) => caller.every((index) => isProved(verified, index)));
  const [caller, another] = proved;
  if (caller !== undefined && another === undefined) return ofCaller(verified, caller);
  const fault = caller === undefined ? inconclusive.find((cause) => faults.includes(cause)) : undefined;
  if (fault !== undefined) return { cause: fault };
  return { cause: "unauthenticated", facts: { challenges: challenges(tried, identities, call) } };
}

const nobody: readonly (readonly number[])[] = [];

function isProved(verified: readonly Authenticated[], index: number): boolean {
  return verified.some(({ identity }) => identity === index);
}

/** In the order of `accept`, whatever else came. */
function ofCaller(verified: readonly Authenticated[], caller: readonly number[]): readonly Authenticated[] {
  if (caller.length === 1 && verified.length === 1) return verified;
  return caller.flatMap((index) => verified.filter(({ identity }) => identity === index));
}

/** Why nobody can tell whether a credential is good, or that somebody said no; the first of them answers. */
const inconclusive: readonly Cause[] = [
  "keys-unavailable",
  "authorizer-failed",
  "body-too-large",
  "incomplete-body",
  "target-too-long",
  "authorizer-denied",
];

/** Each distinct one once, in the order of `accept` (D47). */
function challenges(tried: readonly number[], identities: readonly RunningIdentity[], call: Call): readonly string[] {
  return [...new Set(tried.flatMap((index) => identities[index]?.challenge(call) ?? []))];
}
