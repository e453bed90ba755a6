/** Which places of a program an expectation means. */
import type { AccessStatement, Gateway, Group, Api, Program, Route, SiteId } from "../../../model/program.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Author } from "./expectation.ts";

type Policies = Pick<Program, "policies" | "gateway" | "sites">;

export function sitesOf(author: Exclude<Author, { kind: "default" }>, program: Policies): readonly SiteId[] {
  if (author.kind === "reason") {
    return program.sites.flatMap((site, at) => (site.because === author.because && site.kind !== "override" ? [at] : []));
  }
  const wanted = author.arguments === undefined ? undefined : keyOf(author.arguments);
  return statements(program).flatMap((statement) => {
    if ((statement.kind !== "use" && statement.kind !== "apply") || statement.policy !== author.policy) return [];
    return wanted === undefined || wanted === keyOf(statement.arguments) ? [statement.site] : [];
  });
}

function statements({ policies, gateway }: Policies): readonly AccessStatement[] {
  const levels: (Gateway | Api | Group | Route)[] = gateway === undefined ? [] : [gateway];
  for (const level of levels) if (level.level !== "route") levels.push(...level.children);
  return [...policies.flatMap((policy) => policy.statements), ...levels.flatMap((level) => level.access)];
}

/** The same for equal arguments, wherever they are written. */
function keyOf(values: readonly Expr[]): string {
  return JSON.stringify(values, (key, value: unknown) => (key === "span" || key === "type" ? undefined : value));
}
