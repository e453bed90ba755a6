/** What all identities with signed tokens have: audience and clients are late, the rest is data. */
import type { TokenData } from "../../../runtime/contract/identity-data.ts";
import type { TokenSort } from "../../../runtime/contract/jwt.ts";
import type { TokenIdentity } from "../../model/program.ts";
import { claimData } from "./claims.ts";
import type { LateSetting } from "../late-setting.ts";

export function tokenData({ name, headers, algorithms, sort, leeway, claims }: TokenIdentity, toldBy: TokenSort["toldBy"]): TokenData {
  const data = { name, headers, algorithms, leeway, claims: claimData(claims) };
  return sort === undefined ? data : { ...data, sort: { is: sort, toldBy } };
}

export function lateTokenSettings({ audience, clients }: TokenIdentity): readonly LateSetting[] {
  return [
    ["audience", audience],
    ["clients", clients],
  ];
}
