/** The IAM documents of a program, each with the level or entry that has it and the routes that it is asked about. */
import type { PolicyFile } from "../../../model/iam.ts";
import { childrenOf } from "../../../model/expression-children.ts";
import type { Expr } from "../../../model/expression.ts";
import { allLevels, type Level, type PlacedRoute } from "../../../model/placed-route.ts";
import type { Entry, Policy } from "../../../model/program.ts";
import type { Survey } from "../rules-in-force.ts";

export type PlacedDocument = {
  readonly file: PolicyFile;
  readonly routes: readonly PlacedRoute[];
  /** Whose it is, where it is no level's. */
  readonly entry?: Entry;
};

/** What an entry says is asked of all routes. */
export function placedDocuments(survey: Survey): readonly PlacedDocument[] {
  const { program, routes } = survey;
  if (program.documents.length === 0) return [];
  const ofLevels = allLevels(program.gateway).flatMap((level) =>
    filesOf(level, survey).map((file) => ({ file, routes: routes.filter(({ levels }) => levels.includes(level)) })),
  );
  return [...ofLevels, ...program.entries.flatMap((entry) => filesOf(entry, survey).map((file) => ({ file, routes, entry })))];
}

function filesOf({ access }: Level | Entry, { program, policies }: Survey): readonly PolicyFile[] {
  return access.flatMap((statement) => {
    const policy = statement.kind === "use" ? policies.get(statement.policy) : undefined;
    return (policy && program.documents[documentOf(policy) ?? -1]) ?? [];
  });
}

/** A document's statements are a policy of their own. */
function documentOf({ statements }: Policy): number | undefined {
  const open: Expr[] = statements.flatMap((statement) => (statement.kind === "rule" ? [statement.when] : []));
  for (const expr of open) {
    if (expr.op === "applyingStatements") return expr.document;
    open.push(...childrenOf(expr));
  }
  return undefined;
}
