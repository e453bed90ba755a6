/** What a caller's own IAM policies say of a request, for the tables of AWS. Documents are made ready when first asked. */
import type { CallerPolicies, PolicyRequest, Verdict } from "../../contract/iam.ts";
import type { CallerData } from "../../contract/identity-data.ts";
import type { DocumentData } from "../../contract/table-data.ts";
import { type Policy, preparePolicy } from "../iam/policy.ts";

/** `documents`: those of the program, by number. */
export function callerPolicies({ policies }: CallerData, documents: readonly DocumentData[]): CallerPolicies {
  const { identity, boundary, session } = policies;
  const ready = new Map<number, Policy>();
  const verdict = (numbers: readonly number[], request: PolicyRequest, api: string): Verdict => {
    const effects = numbers.map((number) => policyOf(number, api)?.effect(request));
    if (effects.includes("explicitDeny")) return { effect: "explicitDeny", statements: [] };
    return effects.includes("allow") ? { effect: "allow", statements: [], grant: "limited" } : { effect: "silent" };
  };
  const policyOf = (number: number, api: string): Policy | undefined => {
    const data = documents[number];
    const known = ready.get(number);
    if (known !== undefined || data === undefined) return known;
    const made = preparePolicy(data.document, api);
    ready.set(number, made);
    return made;
  };
  return (request, api) => ({
    identity: verdict(identity, request, api),
    ...(boundary === undefined ? {} : { boundary: verdict([boundary], request, api) }),
    ...(session === undefined ? {} : { session: verdict(session, request, api) }),
  });
}
