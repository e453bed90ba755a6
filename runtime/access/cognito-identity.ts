/** A started `cognito` identity: the pool's id says who issues its tokens and where the keys are. What makes a token good is in `jwt.ts`. */
import type { CognitoData } from "../contract/identity-data.ts";
import { shown } from "../kernel/configuration.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { bearerIdentity } from "./bearer-token.ts";
import { tokenVerifier } from "./jwt.ts";
import { isMissingOr, lateTexts, tokenSettings } from "./token-settings.ts";

/** `REGION_ID`, as in `eu-west-1_Ab12Cd34E`. */
const poolId = /^([a-z]{2}(?:-[a-z]+)+-[0-9])_[0-9A-Za-z]{1,40}$/;

export function cognitoIdentity(data: CognitoData, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const [pool = ""] = lateTexts(brought, "pool");
  const region = poolId.exec(pool)?.[1];
  if (!isMissingOr((text) => poolId.test(text), brought, "pool"))
    problems.push(`the user pool of identity \`${data.name}\` is ${shown(pool)}: expected an id such as \`eu-west-1_Ab12Cd34E\``);
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool}`;
  const keys = { kind: "url", url: `${issuer}/.well-known/jwks.json` } as const;
  return bearerIdentity(data.headers[0], tokenVerifier({ ...tokenSettings(data, brought), issuer, keys }));
}
