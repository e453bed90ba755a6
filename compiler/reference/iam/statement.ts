/** When a statement of an IAM document applies to a request, and how it names the caller. */
import type {
  Grant,
  Listed,
  NamedPrincipal,
  PolicyCaller,
  PolicyDocument,
  PolicyRequest,
  PolicyStatement,
} from "../../../runtime/contract/iam.ts";
import { arnFits, conditionHolds } from "./condition.ts";
import { arnParts, fits, readPattern } from "./text-pattern.ts";

/** Undefined where the statement does not apply. `api` is the ARN of the API that abbreviated resources mean. */
export function statementApplies(
  statement: PolicyStatement,
  request: PolicyRequest,
  version: PolicyDocument["version"],
  api: string,
): Grant | undefined {
  const context = { version, keys: request.keys };
  if (!hasAction(statement.actions, request)) return undefined;
  if (!hasResource(statement, request, version, api)) return undefined;
  if (!statement.conditions.every((condition) => conditionHolds(condition, context))) return undefined;
  return statement.principals === undefined ? "limited" : grantTo(statement.principals, request.caller);
}

function hasAction({ not, items }: Listed<string>, { action, keys }: PolicyRequest): boolean {
  const asked = action.toLowerCase();
  return items.some((item) => fits(readPattern(item.toLowerCase(), { version: "2008-10-17", wildcards: true, keys }) ?? [], asked)) !== not;
}

/**
 * A resource with a variable that has no value is none. Under `NotResource` that would widen an allow, so there it counts
 * as a resource that the request has.
 */
function hasResource(
  { effect, resources }: PolicyStatement,
  request: PolicyRequest,
  version: PolicyDocument["version"],
  api: string,
): boolean {
  const { not, items } = resources;
  const whole = items.map((item) => (item.startsWith("execute-api:/") ? `${api}/${item.slice("execute-api:/".length)}` : item));
  if (not && effect === "allow" && !whole.every((item) => isKnown(item, version, request))) return false;
  return whole.some((item) => item === "*" || arnFits(request.resource, item, { version, keys: request.keys })) !== not;
}

function isKnown(resource: string, version: PolicyDocument["version"], { keys }: PolicyRequest): boolean {
  return arnParts(resource, version).every((part) => readPattern(part, { version, wildcards: true, keys }) !== undefined);
}

/**
 * `Principal`: the best of the names that fit. `NotPrincipal` spares a caller only where all of its names are listed: its
 * account, its role and its own (so AWS, which looks at one after the other).
 */
function grantTo({ not, items }: Listed<NamedPrincipal>, caller: PolicyCaller): Grant | undefined {
  const isAnyone = items.some(({ kind }) => kind === "anyone");
  if (!not) {
    const grants = items.flatMap((item) => grantOf(item, caller) ?? []);
    return (["direct", "limited", "delegated"] as const).find((grant) => grants.includes(grant));
  }
  const isSpared = isAnyone || (caller.kind !== "anonymous" && namesOf(caller).every((name) => items.some((item) => sameName(item, name))));
  return isSpared ? undefined : "limited";
}

function grantOf(item: NamedPrincipal, caller: PolicyCaller): Grant | undefined {
  if (item.kind === "anyone") return "limited";
  if (caller.kind === "anonymous") return undefined;
  if (!namesOf(caller).some((name) => sameName(item, name))) return undefined;
  if (item.kind === "account") return "delegated";
  return caller.kind === "aws" && item.kind === "arn" && item.arn === caller.arn ? "direct" : "limited";
}

function namesOf(caller: Exclude<PolicyCaller, { readonly kind: "anonymous" }>): readonly NamedPrincipal[] {
  if (caller.kind !== "aws") return [caller];
  const { account, arn, role } = caller;
  return [{ kind: "account", account }, { kind: "arn", arn }, ...(role === undefined ? [] : [{ kind: "arn", arn: role } as const])];
}

function sameName(item: NamedPrincipal, name: NamedPrincipal): boolean {
  switch (item.kind) {
    case "anyone":
      return true;
    case "account":
      return name.kind === "account" && name.account === item.account;
    case "arn":
      return name.kind === "arn" && name.arn === item.arn;
    case "service":
      return name.kind === "service" && name.service === item.service;
    case "federated":
      return name.kind === "federated" && name.provider === item.provider;
    case "canonicalUser":
      return false;
  }
}
