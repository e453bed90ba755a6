/** A started `oidc` identity: the issuer says by itself where its keys are. What makes a token good is in `jwt.ts`. */
import type { OidcData } from "../contract/identity-data.ts";
import { shown } from "../kernel/configuration.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { bearerIdentity } from "./bearer-token.ts";
import { isAskableUrl } from "./askable-url.ts";
import { tokenVerifier } from "./jwt.ts";
import { isMissingOr, lateTexts, tokenSettings } from "./token-settings.ts";

export function oidcIdentity(data: OidcData, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const [issuer = ""] = lateTexts(brought, "issuer");
  if (!isMissingOr(isAskableUrl, brought, "issuer"))
    problems.push(
      `the issuer of identity \`${data.name}\` is ${shown(issuer)}: expected \`https://HOST[:PORT][/PATH]\` without a query; \`http\` only on this machine`,
    );
  return bearerIdentity(data.headers[0], tokenVerifier({ ...tokenSettings(data, brought), issuer, keys: { kind: "issuer", issuer } }));
}
