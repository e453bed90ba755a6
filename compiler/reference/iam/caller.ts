/**
 * Whom IAM documents see in a caller, and the condition keys that it brings. Only who signs is known to IAM: all others are
 * anonymous and bring no key.
 */
import type { PolicyCaller } from "../../../runtime/contract/iam.ts";
import type { Caller, Scene } from "../scene.ts";

export function policyCaller(scene: Scene): PolicyCaller {
  const account = claimOf(scene, "account");
  const arn = claimOf(scene, "arn");
  if (account === undefined || arn === undefined) return { kind: "anonymous" };
  const role = claimOf(scene, "role");
  return { kind: "aws", account, arn, ...(role === undefined ? {} : { role }) };
}

export function callerKey(name: string, scene: Scene): readonly string[] | undefined {
  const known = policyCaller(scene);
  if (known.kind !== "aws") return undefined;
  const isRole = claimOf(scene, "type") === "role";
  switch (name) {
    case "aws:principalaccount":
      return [known.account];
    case "aws:principalarn":
      return [known.role ?? known.arn];
    case "aws:principaltype":
      return [isRole ? "AssumedRole" : "User"];
    case "aws:userid":
      return one(signerOf(scene)?.id);
    case "aws:username":
      return isRole ? undefined : one(claimOf(scene, "name"));
    case "aws:principalorgid":
      return one(claimOf(scene, "organization"));
    case "aws:principalorgpaths":
      return one(claimOf(scene, "organization_path"));
    case "aws:multifactorauthpresent":
      return isRole ? [String(secondsSince("mfa_at", scene) !== undefined)] : undefined;
    case "aws:multifactorauthage":
      return one(secondsSince("mfa_at", scene)?.toString());
    case "aws:tokenissuetime":
      return one(issueTime(scene));
    default:
      return name.startsWith("aws:principaltag/") ? one(tagOf(scene, name.slice("aws:principaltag/".length))) : undefined;
  }
}

/** Of what has happened by now. */
function secondsSince(claim: string, scene: Scene): number | undefined {
  const moment = signerOf(scene)?.claims[claim];
  const now = scene.request?.now;
  return typeof moment === "number" && now !== undefined && moment <= now ? Math.floor((now - moment) / 1000) : undefined;
}

function issueTime(scene: Scene): string | undefined {
  const moment = signerOf(scene)?.claims["issued_at"];
  return typeof moment === "number" ? new Date(moment).toISOString() : undefined;
}

/** Tag keys have no case here. */
function tagOf(scene: Scene, key: string): string | undefined {
  const tags = signerOf(scene)?.claims["tags"];
  if (typeof tags !== "object" || Array.isArray(tags)) return undefined;
  const found = Object.entries(tags).find(([name]) => name.toLowerCase() === key)?.[1];
  return typeof found === "string" ? found : undefined;
}

/** A claim of the same name that somebody else brings says nothing. */
function claimOf(scene: Scene, name: string): string | undefined {
  const value = signerOf(scene)?.claims[name];
  return typeof value === "string" ? value : undefined;
}

function signerOf({ callers = [], signers }: Scene): Caller | undefined {
  return callers.find(({ identity }) => signers.includes(identity));
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}
