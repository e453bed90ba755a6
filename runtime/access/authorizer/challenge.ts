/** What a 401 of an authorizer says: the gateway does not know what its credentials are made of, only where they stand. */
import type { AuthorizerSettings } from "../../contract/authorizer.ts";

export function challengeOf({ source }: AuthorizerSettings): string {
  const isAuthorization = source.some((part) => part.kind === "header" && part.name.toLowerCase() === "authorization");
  return isAuthorization ? "Bearer" : "Token";
}
