/** An `oidc` identity knows its issuer, who says where the keys are (D130). */
import type { OidcIdentity } from "../model/program.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { readText } from "./text-values.ts";
import { bindToken } from "./token.ts";

export function bindOidc(identity: OidcIdentity, { text, report }: Binder): BoundIdentity {
  const issuer = text(identity.issuer);
  if (!isIssuer(issuer)) report(`the issuer of identity \`${identity.name}\` is none: \`${issuer}\``);
  return bindToken({
    identity,
    issuer,
    audience: identity.audience.map(text),
    clients: identity.clients.map(text),
    keys: (world, refresh) => world.issuerKeys(issuer, refresh),
  });
}

/** OpenID Connect Discovery 1.0 section 3: no query. What is not on this machine is asked over https only. */
function isIssuer(text: string): boolean {
  if (readText({ kind: "url" }, text) === undefined || text.includes("?")) return false;
  const [, host = ""] = /^http:\/\/(\[[^\]]*\]|[^:/]*)/.exec(text) ?? [];
  return text.startsWith("https:") || host === "localhost" || host === "[::1]" || /^127(\.[0-9]{1,3}){3}$/.test(host);
}
