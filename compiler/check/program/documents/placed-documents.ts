/** The IAM documents of a program, each with the level that has it and the routes that it is asked about. */
import type { PolicyFile } from "../../../model/iam.ts";
import { childrenOf } from "../../../model/expression-children.ts";
import type { Expr } from "../../../model/expression.ts";
import { allLevels, type PlacedRoute } from "../../../model/placed-route.ts";
import type { Policy } from "../../../model/program.ts";
import type { Survey } from "../rules-in-force.ts";

export type PlacedDocument = { readonly file: PolicyFile; readonly routes: readonly PlacedRoute[] };

export function placedDocuments({ program, routes, policies }: Survey): readonly PlacedDocument[] {
  if (program.documents.length === 0) return [];
  return allLevels(program.gateway).flatMap((level) =>
    level.access.flatMap((statement): readonly PlacedDocument[] => {
      const policy = statement.kind === "use" ? policies.get(statement.policy) : undefined;
      const file = policy === undefined ? undefined : program.documents[documentOf(policy) ?? -1];
      return file === undefined ? [] : [{ file, routes: routes.filter(({ levels }) => levels.includes(level)) }];
    }),
  );
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
