/** What an IAM document says of a request: any deny that applies is final, else one allow is enough, else it says nothing. */
import type { Grant, PolicyDocument, PolicyRequest, Verdict } from "../../../runtime/contract/iam.ts";
import { statementApplies } from "./statement.ts";

/** `api`: the ARN of the API at hand, `arn:aws:execute-api:eu-west-1:111122223333:abc123`. */
export function verdictOf(document: PolicyDocument, request: PolicyRequest, api: string): Verdict {
  const applying = document.statements.flatMap((statement, index) => {
    const grant = statementApplies(statement, request, document.version, api);
    return grant === undefined ? [] : [{ effect: statement.effect, index, grant }];
  });
  const denies = applying.filter(({ effect }) => effect === "deny");
  const allows = applying.filter(({ effect }) => effect === "allow");
  if (denies.length > 0) return { effect: "explicitDeny", statements: denies.map(({ index }) => index) };
  if (allows.length === 0) return { effect: "silent" };
  const statements = allows.map(({ index }) => index);
  return { effect: "allow", statements, grant: bestOf(allows.map(({ grant }) => grant)) };
}

/** Several documents as one, as all policies of a caller are: their statements are numbered through. */
export function together(verdicts: readonly Verdict[]): Verdict["effect"] {
  if (verdicts.some(({ effect }) => effect === "explicitDeny")) return "explicitDeny";
  return verdicts.some(({ effect }) => effect === "allow") ? "allow" : "silent";
}

function bestOf(grants: readonly Grant[]): Grant {
  return (["direct", "limited"] as const).find((grant) => grants.includes(grant)) ?? "delegated";
}
