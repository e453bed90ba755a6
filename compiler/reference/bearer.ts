/** A credential that stands alone in a field of its own, or in `Authorization: Bearer` (RFC 6750). */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import { credentials } from "./authorization.ts";
import { valueOf } from "./fields.ts";
import type { BoundIdentity, Presented, Unverified, Verified } from "./identity.ts";

type Identity = { readonly name: string; readonly headers: readonly string[] };

export function bindBearer(
  { name, headers: [header] }: Identity,
  verify: (credential: string, presented: Presented) => Promise<Verified | Unverified>,
): BoundIdentity {
  const credentialIn = (fields: readonly HeaderField[]): string | undefined =>
    header === undefined ? credentials(fields, "bearer") : valueOf(fields, header);
  return {
    name,
    verify: async (presented) => {
      const credential = credentialIn(presented.request.fields);
      return credential === undefined ? "absent" : await verify(credential, presented);
    },
    challenge: ({ request }) => {
      if (header !== undefined) return "Token";
      return credentialIn(request.fields) === undefined ? "Bearer" : 'Bearer error="invalid_token"';
    },
  };
}
