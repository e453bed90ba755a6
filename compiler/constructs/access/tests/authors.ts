/** Which places of a program an expectation means. Promises: a use counts with the arguments that it has at last, through all policies. */
import type { AccessStatement, Policy, Program, SiteId } from "../../../model/program.ts";
import { expressionKeys } from "../../../model/expression-key.ts";
import type { Expr } from "../../../model/expression.ts";
import { allLevels } from "../../../model/placed-route.ts";
import { givenTo, substitute, type Given } from "../../../model/substitute.ts";
import type { Author } from "./expectation.ts";

type Policies = Pick<Program, "policies" | "gateway" | "entries" | "sites">;
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

function levelStatements({ gateway, entries }: Policies): readonly AccessStatement[] {
  return [...entries, ...allLevels(gateway)].flatMap(({ access }) => access);
}

type AnyUse = Extract<AccessStatement, { kind: "use" | "apply" }>;

function isUse(statement: AccessStatement): statement is AnyUse {
  return statement.kind === "use" || statement.kind === "apply";
}

/** The keys' starts of all uses of the policy with these arguments. */
function usesWith(wanted: readonly Expr[], { policy: name }: Named, program: Policies): readonly string[] {
  const policies = new Map(program.policies.map((policy) => [policy.name, policy]));
  const leading = policiesThatUse(name, program.policies);
  const keyOf = expressionKeys();
  const keysOf = (values: readonly Expr[]): string => values.map(keyOf).join();
  const keys = keysOf(wanted);
  const from = (statements: readonly AccessStatement[], given: Given, before: string): readonly string[] =>
    statements.filter(isUse).flatMap((use) => {
      const values = use.arguments.map((value) => substitute(value, given));
      const here = `${before}${use.site}`;
      if (use.policy === name) return keysOf(values) === keys ? [here] : [];
      const policy = leading.has(use.policy) ? policies.get(use.policy) : undefined;
      return policy === undefined ? [] : from(policy.statements, givenTo(policy, values), `${here}/`);
    });
  return from(levelStatements(program), new Map(), "");
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
