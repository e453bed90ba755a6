/** `sigv4`: accounts and regions are late; callers are data, with the numbers of their secrets. */
import type { CallerData } from "../../../runtime/contract/identity-data.ts";
import type { SigV4Caller } from "../../model/principals.ts";
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const sigv4: IdentityEmission<"sigv4"> = {
  door: "sigV4Identity",
  data: ({ name, headers, claims, unsignedPayload, callers }, secrets) => ({
    kind: "sigv4",
    name,
    headers,
    claims: claimData(claims),
    unsignedPayload,
    callers: callers.map((caller) => callerData(caller, secrets)),
  }),
  late: ({ accounts, regions }) => [
    ["accounts", accounts],
    ["regions", regions],
  ],
};

function callerData(
  { id, account, arn, name, type, session, organization, mfaAt, issuedAt, groups, tags, policies, keys }: SigV4Caller,
  secrets: readonly string[],
): CallerData {
  return {
    id,
    account,
    arn,
    name,
    type,
    ...(session === undefined ? {} : { session: session.name, role: session.roleArn }),
    ...(organization === undefined ? {} : { organization: organization.id }),
    ...(organization?.path === undefined ? {} : { organizationPath: organization.path }),
    ...(mfaAt === undefined ? {} : { mfaAt }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    policies,
    groups,
    tags: Object.entries(tags),
    keys: keys.map(({ id: key, secret, token, expires }) => ({
      id: key,
      secret: secrets.indexOf(secret),
      ...(token === undefined ? {} : { token: secrets.indexOf(token) }),
      ...(expires === undefined ? {} : { expires }),
    })),
  };
}
