/** `lambda`: which function of which region, and the ARN that it is told, come late. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const lambda: IdentityEmission<"lambda"> = {
  door: "lambdaIdentity",
  data: ({ name, headers, settings, event, simple, claims }) => ({
    kind: "lambda",
    name,
    headers,
    settings,
    event,
    simple,
    claims: claimData(claims),
  }),
  late: ({ function: called, region, endpoint }) => [
    ["function", [called]],
    ["region", region === undefined ? [] : [region]],
    ["endpoint", endpoint === undefined ? [] : [endpoint]],
  ],
};
