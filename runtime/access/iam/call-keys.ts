/** The condition keys of a call, each made when a document asks for it. */
import type { TagData } from "../../contract/table-data.ts";
import type { ConditionKeys, PolicyCaller } from "../../contract/iam.ts";
import type { Bound, Call, CallPrincipal } from "../../kernel/call.ts";
import { allValues } from "../../kernel/fields.ts";

type Key = (call: Call, arn: string) => readonly string[] | undefined;

const no = ["false"] as const;

/** A map, since a document may name any text as a key. */
const requestKeys: ReadonlyMap<string, Key> = new Map<string, Key>([
  // Behind a VPC endpoint the address is one of the VPC: then it is that key, and `aws:SourceIp` is not there.
  ["aws:sourceip", ({ clientText, entry }) => (entry?.vpce === undefined ? [clientText] : undefined)],
  ["aws:vpcsourceip", ({ entry }) => textOf(entry?.vpcIp)],
  ["aws:sourcevpce", ({ entry }) => textOf(entry?.vpce)],
  ["aws:sourcevpc", ({ entry }) => textOf(entry?.vpc)],
  ["aws:currenttime", ({ now }) => [new Date(now).toISOString()]],
  ["aws:epochtime", ({ now }) => [String(Math.floor(now / 1000))]],
  ["aws:securetransport", ({ secure }) => [secure ? "true" : "false"]],
  ["aws:requestedregion", (_, arn) => [arn.split(":", 4)[3] ?? ""]],
  ["aws:principalisawsservice", () => no],
  ["aws:viaawsservice", () => no],
  ["aws:referer", ({ request }) => allValues(request.headers, "referer")],
  ["aws:useragent", ({ request }) => allValues(request.headers, "user-agent")],
]);

export function keysOf(call: Call, caller: PolicyCaller, arn: string): ConditionKeys {
  return (name) => {
    const key = requestKeys.get(name);
    if (key !== undefined) return key(call, arn);
    if (name.startsWith(resourceTagPrefix)) return routeTags(call)?.get(name.slice(resourceTagPrefix.length));
    return caller.kind === "aws" ? callerKey(name, call, caller) : undefined;
  };
}

const resourceTagPrefix = "aws:resourcetag/";

type RouteTags = ReadonlyMap<string, readonly string[]>;
const taggedRoutes = new WeakMap<Bound, ReadonlyMap<string, RouteTags>>();

/** By name in lower case; made once for a started gateway. */
function routeTags({ bound, route }: Call): RouteTags | undefined {
  const known = taggedRoutes.get(bound);
  if (known !== undefined) return known.get(route);
  const stage = bound.data.stages.indexOf(bound.stage ?? "");
  const made = new Map(bound.routes.all().flatMap(({ key, tags }) => (tags === undefined ? [] : [[key, tagsIn(stage, tags)] as const])));
  taggedRoutes.set(bound, made);
  return made.get(route);
}

function tagsIn(stage: number, tags: readonly TagData[]): RouteTags {
  return new Map(
    tags.flatMap(({ name, value }) => {
      const text = typeof value === "string" ? value : value[stage];
      return text === undefined ? [] : [[name.toLowerCase(), [text]] as const];
    }),
  );
}

/** The one of the caller's identities that IAM knows. */
export function signerOf({ bound, principals }: Call): CallPrincipal | undefined {
  for (const principal of principals) if (bound.data.identities[principal.identity]?.kind === "sigv4") return principal;
  return undefined;
}

const tagPrefix = "aws:principaltag/";

function callerKey(name: string, call: Call, caller: PolicyCaller & { readonly kind: "aws" }): readonly string[] | undefined {
  const principal = signerOf(call);
  const claims = principal?.claims ?? {};
  const isRole = claims["type"] === "role";
  switch (name) {
    case "aws:principalaccount":
      return [caller.account];
    case "aws:principalarn":
      return [caller.role ?? caller.arn];
    case "aws:principaltype":
      return [isRole ? "AssumedRole" : "User"];
    case "aws:userid":
      return principal && [principal.id];
    case "aws:username":
      return isRole ? undefined : textOf(claims["name"]);
    case "aws:principalorgid":
      return textOf(claims["organization"]);
    case "aws:principalorgpaths":
      return textOf(claims["organization_path"]);
    case "aws:multifactorauthpresent":
      return isRole ? [hasHappened(claims["mfa_at"], call) ? "true" : "false"] : undefined;
    case "aws:multifactorauthage":
      return hasHappened(claims["mfa_at"], call) ? [String(Math.floor((call.now - claims["mfa_at"]) / 1000))] : undefined;
    case "aws:tokenissuetime":
      return typeof claims["issued_at"] === "number" ? [new Date(claims["issued_at"]).toISOString()] : undefined;
    default:
      return name.startsWith(tagPrefix) ? tagOf(claims["tags"], name.slice(tagPrefix.length)) : undefined;
  }
}

function hasHappened(moment: unknown, { now }: Call): moment is number {
  return typeof moment === "number" && moment <= now;
}

function tagOf(tags: unknown, wanted: string): readonly string[] | undefined {
  if (typeof tags !== "object" || tags === null) return undefined;
  for (const [key, value] of Object.entries(tags)) if (key.toLowerCase() === wanted) return textOf(value);
  return undefined;
}

function textOf(value: unknown): readonly string[] | undefined {
  return typeof value === "string" ? [value] : undefined;
}
