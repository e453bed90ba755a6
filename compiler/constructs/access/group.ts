/** `group "/prefix" { ... }`: routes with a shared prefix, and what holds for all of them. Groups nest. */
import type { Statement } from "../../../grammar/ast.ts";
import { spanning } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { piecesOf, type Piece } from "../piece.ts";
import { assembleScope } from "./assemble-scope.ts";
import { aroundBelow, parametersAround } from "./level-around.ts";
import { pathText } from "./path/path-text.ts";
import { readPath } from "./path/read-path.ts";

export const group: StatementConstruct = {
  kind: "statement",
  words: ["group"],
  within: ["file", "api", "group"],
  summary: "routes with a shared prefix, and what holds for all of them",
  written: ['group "/prefix" { ... }'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, group, context);
  const at = phrase.text("a path in quotes");
  const block = phrase.block("the block of the group");
  if (!phrase.end() || at === undefined || block === undefined) return undefined;
  const path = readPath(at, parametersAround(around), false, context);
  if (path === undefined) return undefined;
  const here = aroundBelow(block, path, around, context);
  const pieces = context.statements(block, "group", here);
  const head = { span: spanning(statement.word.span, at.span), doc: statement.doc, owner: pathText(here.path) };
  const children = piecesOf(pieces, "child").flatMap(({ child }) => (child.level === "api" ? [] : [child]));
  const scope = assembleScope(pieces, head, context);
  return { kind: "child", child: { ...scope, level: "group", at: path.segments, children }, span: head.span };
}
