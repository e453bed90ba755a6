/**
 * The tables by which AWS combines policies, row by row: no authorizer, IAM in one account (Table A) and across accounts (Table B),
 * a Lambda authorizer in two phases, Cognito, and the policies that only narrow.
 */
import type { AccessAnswer, AccessQuestion, PolicyRole, Verdict } from "../../../runtime/contract/iam.ts";

const ROLES: readonly PolicyRole[] = ["resource", "endpoint", "identity", "boundary", "session", "organization", "authorizer"];

/** The first phase of a route with a Lambda authorizer: what the resource policy denies explicitly never gets to the function. */
export function isDeniedBeforeAuthorizer(resource: Verdict | undefined): boolean {
  return resource?.effect === "explicitDeny";
}

export function accessAnswer(question: AccessQuestion): AccessAnswer {
  const denying = ROLES.filter((role) => question[role]?.effect === "explicitDeny");
  if (denying.length > 0) return { allowed: false, because: "explicit deny", by: denying };
  const { isPrivate, resource, endpoint, organization } = question;
  if (isPrivate && resource === undefined) return implicitDeny("resource");
  if (endpoint !== undefined && !allows(endpoint)) return implicitDeny("endpoint");
  if (organization !== undefined && !allows(organization)) return implicitDeny("organization");
  switch (question.authentication) {
    case "none":
      return resource === undefined ? { allowed: true, because: "nothing to ask", by: [] } : alone("resource", resource);
    case "token":
      return resource === undefined ? { allowed: true, because: "nothing to ask", by: [] } : alone("resource", resource);
    case "lambda":
      return eitherOf(question, ["resource", "authorizer"]);
    case "iam":
      return question.sameAccount ? sameAccount(question) : crossAccount(question);
  }
}

function alone(role: PolicyRole, verdict: Verdict): AccessAnswer {
  return allows(verdict) ? { allowed: true, because: "allow", by: [role] } : implicitDeny(role);
}

/** Table A. */
function eitherOf(question: AccessQuestion, roles: readonly PolicyRole[]): AccessAnswer {
  const allowing = roles.filter((role) => allows(question[role]));
  if (allowing.length > 0) return { allowed: true, because: "allow", by: allowing };
  return { allowed: false, because: "implicit deny", by: roles.filter((role) => question[role] !== undefined) };
}

/**
 * Table A with what limits a caller. A boundary and a session policy limit what the caller's own policies allow, and what a
 * resource policy allows its role or anyone; not what it allows the caller by name. To name an account is to leave it to
 * that account's policies.
 */
function sameAccount(question: AccessQuestion): AccessAnswer {
  const { resource, identity } = question;
  const limiting = (["boundary", "session"] as const).filter((role) => question[role] !== undefined && !allows(question[role]));
  const grant = resource?.effect === "allow" ? resource.grant : undefined;
  if (grant === "direct") return { allowed: true, because: "allow", by: ["resource"] };
  const allowing: PolicyRole[] = [];
  if (grant === "limited") allowing.push("resource");
  if (allows(identity)) allowing.push("identity");
  if (allowing.length > 0 && limiting.length === 0) return { allowed: true, because: "allow", by: allowing };
  if (allowing.length > 0) return { allowed: false, because: "implicit deny", by: limiting };
  const silent = (["resource", "identity"] as const).filter((role) => question[role] !== undefined);
  return { allowed: false, because: "implicit deny", by: silent };
}

/** Table B: both sides must allow, and what limits the caller limits its side. */
function crossAccount(question: AccessQuestion): AccessAnswer {
  const narrowing = (["boundary", "session"] as const).filter((role) => question[role] !== undefined);
  const needed: readonly PolicyRole[] = ["resource", "identity", ...narrowing];
  const missing = needed.filter((role) => !allows(question[role]));
  if (missing.length === 0) return { allowed: true, because: "allow", by: ["resource", "identity"] };
  return { allowed: false, because: "implicit deny", by: missing };
}

function allows(verdict: Verdict | undefined): boolean {
  return verdict?.effect === "allow";
}

function implicitDeny(role: PolicyRole): AccessAnswer {
  return { allowed: false, because: "implicit deny", by: [role] };
}
