/** An `oidc` identity knows its issuer, who says where the keys are (D130). */
import type { OidcIdentity } from "../model/program.ts";
import { isAskable } from "./askable.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { bindToken } from "./token.ts";

export function bindOidc(identity: OidcIdentity, { text, report }: Binder): BoundIdentity {
  const issuer = text(identity.issuer);
  if (!isAskable(issuer)) report(`the issuer of identity \`${identity.name}\` is none: \`${issuer}\``);
  return bindToken({
    identity,
    issuer,
    audience: identity.audience.map(text),
    clients: identity.clients.map(text),
    keys: async (world, refresh) => world.issuerKeys(issuer, refresh),
  });
}
