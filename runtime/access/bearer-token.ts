/** Where a bearer credential stands, and what a 401 says of it (RFC 6750 sections 2.1 and 3). */
import type { HeaderField } from "../contract/gateway.ts";
import type { Verification } from "../contract/verification.ts";
import type { World } from "../contract/world.ts";
import { firstValue } from "../kernel/fields.ts";
import type { RunningIdentity } from "../kernel/running-identity.ts";
import { credentialsOf } from "./authorization-field.ts";

export const noToken: Verification = { ok: false, cause: "absent", why: "no token" };

/** `header`: the field of its own that holds the credential, alone; without one it is in `Authorization: Bearer`. `now`: the instant that rules see. */
export function bearerIdentity(
  header: string | undefined,
  verify: (credential: string, world: World, now: number) => Verification | Promise<Verification>,
): RunningIdentity {
  const credentialIn = (fields: readonly HeaderField[]): string | undefined =>
    header === undefined ? credentialsOf(fields, "bearer") : firstValue(fields, header);
  return {
    verify: ({ request, now }, _request, world) => {
      const credential = credentialIn(request.headers);
      return credential === undefined ? noToken : verify(credential, world, now);
    },
    challenge: ({ request }) => {
      if (header !== undefined) return "Token";
      return credentialIn(request.headers) === undefined ? "Bearer" : 'Bearer error="invalid_token"';
    },
  };
}
