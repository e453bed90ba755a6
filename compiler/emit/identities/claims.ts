/** What rules read of a caller, as the tables have it. */
import type { ClaimData } from "../../../runtime/contract/claim-data.ts";
import type { Claim } from "../../model/program.ts";
import { valueType } from "../value-type.ts";

export function claimData(claims: readonly Claim[]): readonly ClaimData[] {
  return claims.map(({ name, claim, type, scopes }) => {
    const data = { name, claim, type: valueType(type) };
    return scopes === undefined ? data : { ...data, scopes };
  });
}
