/** `outliers after 5 for 30s at most 50%`: servers that fail calls get none for a while. */
import type { Statement } from "../../../../../grammar/ast.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { StatementConstruct } from "../../../construct.ts";
import { readPhrase } from "../../../phrase-reader.ts";
import type { Piece } from "../../../piece.ts";
import { bounded, counts, known, share, shares, times } from "./bounded.ts";

export const outliers: StatementConstruct = {
  kind: "statement",
  words: ["outliers"],
  within: ["backend"],
  summary: "servers that fail calls in a row get none for a while",
  written: ["outliers after N for DURATION at most PERCENT"],
  read,
};

const owner = "`outliers`";

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, outliers, context);
  const after = phrase.word("after") ? phrase.expression("how many failed calls in a row") : undefined;
  const time = phrase.word("for") ? phrase.expression("a duration") : undefined;
  const most = phrase.word("at") && phrase.word("most") ? phrase.expression("a share of the servers, such as `50%`,") : undefined;
  if (!phrase.end()) return undefined;
  const failures = known(after, { kind: "int" }, { name: "after", owner }, context);
  const long = known(time, { kind: "duration" }, { name: "for", owner }, context);
  const part = known(most, { kind: "percent" }, { name: "at most", owner }, context);
  const rule = {
    failures: bounded(failures, counts("the number of failed calls", 1_000), 5, context),
    time: bounded(long, times, 30_000, context),
    share: share(bounded(part, shares("`at most`"), 50, context)),
  };
  return { kind: "outliers", rule, span: statement.span };
}
