/** Which places of a program an expectation means. Promises: a use counts with the arguments that it has at last, through all policies. */
import { withArguments } from "../../../check/program/expression-parts.ts";
import type { AccessStatement, Api, Gateway, Group, Policy, Program, Route, SiteId } from "../../../model/program.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Author } from "./expectation.ts";

type Policies = Pick<Program, "policies" | "gateway" | "sites">;
type Named = Extract<Author, { kind: "policy" }>;

/** `sites` may stand anywhere in a determining rule's key, one of `uses` at its start. */
export type Authors = { readonly sites: readonly SiteId[]; readonly uses: readonly string[] };

export function authorsIn(author: Exclude<Author, { kind: "default" }>, program: Policies): Authors {
  if (author.kind === "reason") {
    const sites = program.sites.flatMap((site, at) => (site.because === author.because && site.kind !== "override" ? [at] : []));
    return { sites, uses: [] };
  }
  if (author.arguments !== undefined) return { sites: [], uses: usesWith(author.arguments, author, program) };
  const all = [...program.policies.flatMap((policy) => policy.statements), ...levelStatements(program)];
  const sites = all.flatMap((statement) => (isUse(statement) && statement.policy === author.policy ? [statement.site] : []));
  return { sites, uses: [] };
}

function levelStatements({ gateway }: Policies): readonly AccessStatement[] {
  const levels: (Gateway | Api | Group | Route)[] = gateway === undefined ? [] : [gateway];
  for (const level of levels) if (level.level !== "route") levels.push(...level.children);
  return levels.flatMap((level) => level.access);
}

type AnyUse = Extract<AccessStatement, { kind: "use" | "apply" }>;

function isUse(statement: AccessStatement): statement is AnyUse {
  return statement.kind === "use" || statement.kind === "apply";
}

/** The keys' starts of all uses of the policy with these arguments. */
function usesWith(wanted: readonly Expr[], { policy: name }: Named, program: Policies): readonly string[] {
  const policies = new Map(program.policies.map((policy) => [policy.name, policy]));
  const leading = policiesThatUse(name, program.policies);
  const key = keyOf(wanted);
  const from = (statements: readonly AccessStatement[], given: ReadonlyMap<string, Expr>, before: string): readonly string[] =>
    statements.filter(isUse).flatMap((use) => {
      const values = use.arguments.map((value) => withArguments(value, given));
      const here = `${before}${use.site}`;
      if (use.policy === name) return keyOf(values) === key ? [here] : [];
      const policy = leading.has(use.policy) ? policies.get(use.policy) : undefined;
      return policy === undefined ? [] : from(policy.statements, argumentsOf(policy, values), `${here}/`);
    });
  return from(levelStatements(program), new Map(), "");
}

function argumentsOf({ parameters }: Policy, values: readonly Expr[]): ReadonlyMap<string, Expr> {
  return new Map(parameters.flatMap(({ name }, at): [string, Expr][] => (values[at] === undefined ? [] : [[name, values[at]]])));
}

/** Those that use it themselves or through others. */
function policiesThatUse(name: string, policies: readonly Policy[]): ReadonlySet<string> {
  const found = new Set([name]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const policy of policies) {
      if (policy.statements.some((statement) => isUse(statement) && found.has(statement.policy))) found.add(policy.name);
    }
  }
  return found;
}

/** The same for equal arguments, wherever they are written. */
function keyOf(values: readonly Expr[]): string {
  return JSON.stringify(values, (key, value: unknown) => (key === "span" || key === "type" ? undefined : value));
}
