/** A `cognito` identity: the id of the user pool says who issues its tokens and where the keys are (D130). */
import type { CognitoIdentity } from "../model/program.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { bindToken } from "./token.ts";

export function bindCognito(identity: CognitoIdentity, { text, report }: Binder): BoundIdentity {
  const pool = text(identity.pool);
  const [region = "", id = "", ...more] = pool.split("_");
  const isRegion = /^[a-z]{2}(-[a-z]+)+-[0-9]$/.test(region);
  if (!isRegion || !/^[A-Za-z0-9]{1,40}$/.test(id) || more.length > 0)
    report(`the user pool of identity \`${identity.name}\` is none: \`${pool}\``);
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool}`;
  return bindToken({
    identity,
    issuer,
    audience: identity.audience.map(text),
    clients: identity.clients.map(text),
    keys: async (world, refresh) => world.keySet(`${issuer}/.well-known/jwks.json`, refresh),
  });
}
