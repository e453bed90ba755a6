/** The IAM documents of a program, each with the level or entry that has it and the routes that it is asked about. */
import type { PolicyFile } from "../../../model/iam.ts";
import { childrenOf } from "../../../model/expression-children.ts";
import type { Expr } from "../../../model/expression.ts";
import { allLevels, type Level, type PlacedRoute } from "../../../model/placed-route.ts";
import type { Entry } from "../../../model/program.ts";
import type { Survey } from "../rules-in-force.ts";

export type PlacedDocument = {
  readonly file: PolicyFile;
  readonly routes: readonly PlacedRoute[];
  /** Whether the tables of AWS combine it with what else is known of callers. */
  readonly isAws: boolean;
  /** Whose it is, where it is no level's. */
  readonly entry?: Entry;
};

/** What an entry says is asked of all routes. */
export function placedDocuments(survey: Survey): readonly PlacedDocument[] {
  const { program, routes } = survey;
  if (program.documents.length === 0) return [];
  const ofLevels = allLevels(program.gateway).flatMap((level) =>
    filesOf(level, survey).map((found) => ({ ...found, routes: routes.filter(({ levels }) => levels.includes(level)) })),
  );
  return [...ofLevels, ...program.entries.flatMap((entry) => filesOf(entry, survey).map((found) => ({ ...found, routes, entry })))];
}

function filesOf({ access }: Level | Entry, { program, policies }: Survey): readonly Pick<PlacedDocument, "file" | "isAws">[] {
  return access.flatMap((statement) => {
    const policy = statement.kind === "use" ? policies.get(statement.policy) : undefined;
    const asked = (policy?.statements ?? []).flatMap((rule) => (rule.kind === "rule" ? questionsIn(rule.when) : []));
    const file = program.documents[asked[0]?.document ?? -1];
    return file === undefined ? [] : [{ file, isAws: asked.some(({ op }) => op === "awsAllows") }];
  });
}

type Question = Extract<Expr, { readonly document: number }>;

/** A document's statements are a policy of their own. */
function questionsIn(expr: Expr): readonly Question[] {
  return "document" in expr ? [expr] : childrenOf(expr).flatMap(questionsIn);
}
