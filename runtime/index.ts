/** The door that emitted code imports: the start of a gateway, and the words that its functions are written in. */
import type { Start } from "./contract/gateway.ts";
import type { GatewayCode } from "./kernel/code.ts";
import { gatewayStart } from "./kernel/start.ts";

export type { Start } from "./contract/gateway.ts";
export type { Bound, Call } from "./kernel/call.ts";
export type { RouteCode, StartCode } from "./kernel/code.ts";
export * from "./kernel/facts.ts";
export * from "./kernel/operators.ts";
export { httpBackend } from "./backends/http-backend.ts";
export { lambdaBackend } from "./backends/lambda-backend.ts";
export { respondBackend } from "./backends/respond-backend.ts";
export { websocketBackend } from "./backends/websocket-backend.ts";
export { basicIdentity } from "./access/basic-identity.ts";
export { apiKeyIdentity } from "./access/api-key-identity.ts";
export { cognitoIdentity } from "./access/cognito-identity.ts";
export { sigV4Identity } from "./access/sigv4/sigv4-identity.ts";
export { httpIdentity } from "./access/authorizer/http-identity.ts";
export { lambdaIdentity } from "./access/authorizer/lambda-identity.ts";
export { introspectIdentity } from "./access/introspect-identity.ts";
export { jwtIdentity } from "./access/jwt-identity.ts";
export { samlIdentity } from "./access/saml/saml-identity.ts";
export { mtlsIdentity } from "./access/mtls/mtls-identity.ts";
export { oidcIdentity } from "./access/oidc-identity.ts";
export { caching } from "./cache/plan.ts";
export { callNames } from "./kernel/call-names.ts";
export { observed } from "./kernel/observed.ts";
export { bodyFormats, sameJson } from "./kernel/body-formats.ts";
export { canonicalValue } from "./kernel/canonical-value.ts";
export { codePoints, readBool, readInt, readIp, readLiteral, readString, readUuid } from "./kernel/scalar-text.ts";
export { answerReading } from "./shaping/read-answer.ts";
export { composed } from "./shaping/compose.ts";
export { mappedBody } from "./shaping/map-body.ts";
export { safeSegment, segment, withPath, withQuery, withSafePath } from "./shaping/reshape.ts";
export { validated } from "./shaping/validate.ts";
export { shaping } from "./shaping/shaping.ts";
export { versions } from "./shaping/versions.ts";
export { traffic } from "./traffic/running-traffic.ts";
export { releases } from "./releases/running-releases.ts";
export { policies } from "./access/iam/running-policies.ts";

/** `tables`: the file beside the emitted code, which knows its `checksum`. */
export function start(tables: Uint8Array, checksum: number, code: GatewayCode): Start {
  return gatewayStart(tables, checksum, code);
}
