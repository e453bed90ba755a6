/** Identities whose credential is a token that an issuer signed. */
import type { Identity, TokenIdentity } from "./program.ts";

export function isToken(identity: Identity): identity is TokenIdentity {
  return identity.kind === "cognito" || identity.kind === "jwt" || identity.kind === "oidc";
}
