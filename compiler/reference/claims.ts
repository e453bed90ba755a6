/** What rules may read of a caller, taken out of what came. */
import type { Claim } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { fit, type Misfit } from "./fitting.ts";
import type { Verified } from "./identity.ts";
import type { Json } from "./json.ts";
import { isText } from "./values.ts";

/** Undefined where what came does not fit. */
export function callerOf(
  identity: string,
  id: string,
  declared: readonly Claim[],
  members: { readonly [name: string]: Json },
): Verified | undefined {
  const misfits: Misfit[] = [];
  const typed: Record<string, Value> = {};
  const shown: Record<string, Json> = {};
  for (const { claim, name, type, scopes } of declared) {
    const json = scopes ? grantedScopes(members, scopes) : Object.hasOwn(members, claim) ? members[claim] : undefined;
    if (json === undefined && type.kind !== "optional") return undefined;
    const value = json === undefined ? undefined : fit(type, json, misfits);
    if (json !== undefined) shown[name] = json;
    if (value !== undefined) typed[name] = value;
  }
  return misfits.length > 0 ? undefined : { principal: { identity, id, claims: shown }, caller: { identity, id, claims: typed } };
}

/** Which of the scopes a token grants: a text with spaces between, which some issuers call `scp` or give as a list (D132). */
function grantedScopes(members: { readonly [name: string]: Json }, scopes: readonly string[]): readonly string[] | undefined {
  const granted = members["scope" in members ? "scope" : "scp"] ?? ("scp" in members || "scope" in members ? null : "");
  const names = isText(granted) ? granted.split(" ") : granted;
  return Array.isArray(names) && names.every(isText) ? scopes.filter((known) => names.includes(known)) : undefined;
}
