/** A statement made ready: whether it applies to a request, and how it names the caller. Cheap questions come first. */
import type { Grant, Listed, NamedPrincipal, PolicyCaller, PolicyDocument, PolicyRequest, PolicyStatement } from "../../contract/iam.ts";
import { type ArnPattern, arnMatches, readArnPattern } from "./arn-pattern.ts";
import { type Condition, prepareCondition } from "./condition.ts";
import { globMatches } from "./glob.ts";
import { globFor, readTemplate } from "./template.ts";

/** 0: does not apply. The larger, the better it names the caller. */
export const grants = { none: 0, delegated: 1, limited: 2, direct: 3 } as const satisfies Record<Grant | "none", number>;
export type GrantNumber = (typeof grants)[keyof typeof grants];

/** `action` in lower case. */
export type Applies = (request: PolicyRequest, action: string) => GrantNumber;

/** What statements of a document have alike is one thing, so that it is at hand when the next statement asks it. */
export type Alike = <Made>(kind: string, written: unknown, make: () => Made) => Made;

export function alike(): Alike {
  const known = new Map<string, unknown>();
  return <Made>(kind: string, written: unknown, make: () => Made): Made => {
    const name = `${kind} ${JSON.stringify(written)}`;
    if (!known.has(name)) known.set(name, make());
    return known.get(name) as Made;
  };
}

export function prepareStatement(statement: PolicyStatement, version: PolicyDocument["version"], api: string, same: Alike): Applies {
  const hasAction = same("actions", statement.actions, () => actionTest(statement.actions));
  const hasResource = resourceTest(statement, version, api, same);
  const grantTo = principalTest(statement.principals);
  const conditions: readonly Condition[] = statement.conditions.map((condition) =>
    same("condition", condition, () => prepareCondition(condition, version)),
  );
  return (request, action) => {
    const grant = grantTo(request.caller);
    if (grant === grants.none || !hasAction(action) || !hasResource(request)) return grants.none;
    for (const holds of conditions) if (!holds(request.keys)) return grants.none;
    return grant;
  };
}

function actionTest({ not, items }: Listed<string>): (action: string) => boolean {
  if (items.includes("*")) return () => !not;
  const globs = items.map((item) => globFor(readTemplate(item.toLowerCase(), "2008-10-17", true), () => undefined));
  return (action) => {
    for (const glob of globs) if (glob !== undefined && globMatches(glob, action, 0, action.length)) return !not;
    return not;
  };
}

export const abbreviation = "execute-api:/";

/** The resources of a statement, abbreviated ones spelled out. */
export function wholeResources({ items }: Listed<string>, api: string): readonly string[] {
  return items.map((item) => (item.startsWith(abbreviation) ? `${api}/${item.slice(abbreviation.length)}` : item));
}

/** Where an allow says `NotResource`, a resource that is not known for want of a value must not open anything. */
function resourceTest(
  { effect, resources }: PolicyStatement,
  version: PolicyDocument["version"],
  api: string,
  same: Alike,
): (request: PolicyRequest) => boolean {
  const { not } = resources;
  const written = wholeResources(resources, api);
  if (written.includes("*")) return () => !not;
  const patterns: readonly ArnPattern[] = written.map((item) => withSameTexts(readArnPattern(item, version), same));
  const unknown = not && effect === "allow";
  const [only] = patterns;
  if (patterns.length === 1 && only !== undefined && !not) return ({ resource, keys }) => arnMatches(only, resource, keys) === true;
  return ({ resource, keys }) => {
    let matched = false;
    for (const pattern of patterns) {
      const found = arnMatches(pattern, resource, keys);
      if (found === undefined && unknown) return false;
      if (found === true) {
        matched = true;
        if (!unknown) break;
      }
    }
    return matched !== not;
  };
}

function withSameTexts(pattern: ArnPattern, same: Alike): ArnPattern {
  if (pattern.kind !== "rooted") return pattern;
  const text = (written: string): string => same("text", written, () => written);
  const { root, rest } = pattern;
  return { kind: "rooted", root: text(root), rest: { ...rest, parts: rest.parts?.map(text) } };
}

function principalTest(principals: Listed<NamedPrincipal> | undefined): (caller: PolicyCaller) => GrantNumber {
  if (principals === undefined) return () => grants.limited;
  const { not, items } = principals;
  const [only] = items;
  if (!not && items.length === 1 && only?.kind === "arn") return arnTest(only.arn);
  const names = new Set(items.map(nameOf));
  const anyone = names.has(anyoneName);
  if (not) return (caller) => (anyone || isSpared(names, caller) ? grants.none : grants.limited);
  return (caller) => {
    if (caller.kind === "aws") {
      if (names.has(caller.arn)) return grants.direct;
      if (anyone || (caller.role !== undefined && names.has(caller.role))) return grants.limited;
      return names.has(caller.account) ? grants.delegated : grants.none;
    }
    if (anyone) return grants.limited;
    return caller.kind !== "anonymous" && names.has(nameOf(caller)) ? grants.limited : grants.none;
  };
}

/** The usual statement names one: no ARN is an account's name, or that of somebody who is no caller of AWS. */
function arnTest(arn: string): (caller: PolicyCaller) => GrantNumber {
  return (caller) => {
    if (caller.kind !== "aws") return grants.none;
    if (caller.arn === arn) return grants.direct;
    return caller.role === arn ? grants.limited : grants.none;
  };
}

/** Only who is listed by all of its names. */
function isSpared(names: ReadonlySet<string>, caller: PolicyCaller): boolean {
  if (caller.kind === "anonymous") return false;
  if (caller.kind !== "aws") return names.has(nameOf(caller));
  return names.has(caller.account) && names.has(caller.arn) && (caller.role === undefined || names.has(caller.role));
}

const anyoneName = "*";

/** Accounts and ARNs are their own names; the others cannot be taken for one. */
export function nameOf(principal: NamedPrincipal): string {
  switch (principal.kind) {
    case "anyone":
      return anyoneName;
    case "account":
      return principal.account;
    case "arn":
      return principal.arn;
    case "service":
      return `service ${principal.service}`;
    case "federated":
      return `federated ${principal.provider}`;
    case "canonicalUser":
      return `user ${principal.id}`;
  }
}
