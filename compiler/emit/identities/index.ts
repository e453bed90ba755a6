/** The kinds of identities, each with its emission. */
import type { IdentityData } from "../../../runtime/contract/identity-data.ts";
import type { Identity, IdentityKind } from "../../model/program.ts";
import type { RuntimeName } from "../vocabulary.ts";
import type { LateSetting } from "../late-setting.ts";
import type { IdentityEmission } from "./identity-emission.ts";
import { apiKey } from "./api-key.ts";
import { basic } from "./basic.ts";
import { cognito } from "./cognito.ts";
import { http } from "./http.ts";
import { introspect } from "./introspect.ts";
import { jwt } from "./jwt.ts";
import { lambda } from "./lambda.ts";
import { mtls } from "./mtls.ts";
import { oidc } from "./oidc.ts";
import { saml } from "./saml.ts";
import { sigv4 } from "./sigv4.ts";

const emissions: { readonly [Kind in IdentityKind]: IdentityEmission<Kind> } = {
  api_key: apiKey,
  basic,
  cognito,
  http,
  introspect,
  jwt,
  lambda,
  mtls,
  oidc,
  saml,
  sigv4,
};

export function identityData(identity: Identity, secrets: readonly string[]): IdentityData {
  return emissionOf(identity).data(identity, secrets);
}

export function lateOf(identity: Identity): readonly LateSetting[] {
  return emissionOf(identity).late(identity);
}

/** The kinds in use and the door's names of them, each once. */
export function kindsOf(identities: readonly Identity[]): readonly (readonly [kind: IdentityKind, door: RuntimeName])[] {
  const kinds = [...new Set(identities.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => [kind, emissions[kind].door]);
}

/** INVARIANT: an emission stands under its own kind, which the type of the table grants. */
function emissionOf(identity: Identity): IdentityEmission<IdentityKind> {
  return emissions[identity.kind] as IdentityEmission<IdentityKind>;
}
