/** The kinds of identities, each with its meaning. */
import type { Identity } from "../model/program.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { bindApiKey } from "./api-key.ts";
import { bindCognito } from "./cognito.ts";
import { bindBasic } from "./basic.ts";
import { bindHttp } from "./http-authorizer.ts";
import { bindIntrospect } from "./introspect.ts";
import { bindJwt } from "./jwt.ts";
import { bindLambda } from "./lambda-authorizer.ts";
import { bindMtls } from "./mtls.ts";
import { bindOidc } from "./oidc.ts";
import { bindSaml } from "./saml.ts";
import { bindSigV4 } from "./sigv4.ts";

export function bindIdentity(identity: Identity, binder: Binder): BoundIdentity {
  switch (identity.kind) {
    case "api_key":
      return bindApiKey(identity, binder);
    case "basic":
      return bindBasic(identity, binder);
    case "cognito":
      return bindCognito(identity, binder);
    case "http":
      return bindHttp(identity, binder);
    case "introspect":
      return bindIntrospect(identity, binder);
    case "jwt":
      return bindJwt(identity, binder);
    case "lambda":
      return bindLambda(identity, binder);
    case "mtls":
      return bindMtls(identity);
    case "oidc":
      return bindOidc(identity, binder);
    case "saml":
      return bindSaml(identity, binder);
    case "sigv4":
      return bindSigV4(identity, binder);
    default:
      return identity satisfies never;
  }
}
