/**
 * How AWS combines policies: any explicit deny ends it; then each kind of authentication has its table. Promises that a
 * policy which exists and is silent never counts as one that allows.
 */
import type { AccessAnswer, AccessQuestion, PolicyRole, Verdict } from "../../contract/iam.ts";

const roles = [
  "resource",
  "endpoint",
  "identity",
  "boundary",
  "session",
  "organization",
  "authorizer",
] as const satisfies readonly PolicyRole[];

export function accessAnswer(question: AccessQuestion): AccessAnswer {
  const denying = roles.filter((role) => question[role]?.effect === "explicitDeny");
  if (denying.length > 0) return { allowed: false, because: "explicit deny", by: denying };
  if (question.isPrivate && question.resource === undefined) return missing("resource");
  if (isSilent(question.endpoint)) return missing("endpoint");
  if (isSilent(question.organization)) return missing("organization");
  switch (question.authentication) {
    case "none":
    case "token":
      if (question.resource === undefined) return { allowed: true, because: "nothing to ask", by: [] };
      return oneOf(question, ["resource"]);
    case "lambda":
      return oneOf(question, ["resource", "authorizer"]);
    case "iam":
      return question.sameAccount ? inOneAccount(question) : acrossAccounts(question);
  }
}

function inOneAccount(question: AccessQuestion): AccessAnswer {
  const { resource, identity } = question;
  const grant = resource?.effect === "allow" ? resource.grant : undefined;
  if (grant === "direct") return { allowed: true, because: "allow", by: ["resource"] };
  const allowing: PolicyRole[] = grant === "limited" ? ["resource"] : [];
  if (identity?.effect === "allow") allowing.push("identity");
  if (allowing.length === 0) return missing(...existing(question, ["resource", "identity"]));
  const limits = limiting(question);
  return limits.length === 0 ? { allowed: true, because: "allow", by: allowing } : missing(...limits);
}

function acrossAccounts(question: AccessQuestion): AccessAnswer {
  const { resource, identity } = question;
  const lacking: PolicyRole[] = [];
  if (resource?.effect !== "allow") lacking.push("resource");
  if (identity?.effect !== "allow") lacking.push("identity");
  lacking.push(...limiting(question));
  return lacking.length === 0 ? { allowed: true, because: "allow", by: ["resource", "identity"] } : missing(...lacking);
}

function oneOf(question: AccessQuestion, asked: readonly PolicyRole[]): AccessAnswer {
  const allowing = asked.filter((role) => question[role]?.effect === "allow");
  return allowing.length > 0 ? { allowed: true, because: "allow", by: allowing } : missing(...existing(question, asked));
}

/** The boundary and the session policy, where they do not let through. */
function limiting({ boundary, session }: AccessQuestion): readonly PolicyRole[] {
  const found: PolicyRole[] = [];
  if (isSilent(boundary)) found.push("boundary");
  if (isSilent(session)) found.push("session");
  return found;
}

function existing(question: AccessQuestion, asked: readonly PolicyRole[]): readonly PolicyRole[] {
  return asked.filter((role) => question[role] !== undefined);
}

function isSilent(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && verdict.effect !== "allow";
}

function missing(...by: readonly PolicyRole[]): AccessAnswer {
  return { allowed: false, because: "implicit deny", by };
}
