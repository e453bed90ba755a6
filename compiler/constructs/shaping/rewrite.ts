/**
 * `rewrite path "/v2/orders/{id}"`: the path that the backend gets. Promises: it is canonical whatever callers send; a parameter is a whole segment and
 * stays one.
 */
import type { Statement } from "../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readBackendPath } from "./backend-path.ts";

export const rewrite: StatementConstruct = {
  kind: "statement",
  words: ["rewrite"],
  within: ["route"],
  summary: "gives the backend another path than the one that was called",
  written: ['rewrite path "/v2/orders/{id}"'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, rewrite, context);
  const node = phrase.word("path") ? phrase.text("a path in quotes") : undefined;
  if (!phrase.end() || node === undefined) return undefined;
  const path = readBackendPath(node, context, around);
  return path && { kind: "rewrite", path, span: statement.span };
}
