/** `api NAME at "/path" version N private { ... }`: routes with one base path, and what holds for all of them. Apis do not nest (D10). */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { spanning } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { piecesOf, type Piece } from "../piece.ts";
import { assembleScope } from "./assemble-scope.ts";
import { aroundBelow, parametersAround } from "./level-around.ts";
import { readPath } from "./path/read-path.ts";
import { versionForm } from "./routing.diagnostics.ts";

export const api: StatementConstruct = {
  kind: "statement",
  words: ["api"],
  within: ["file"],
  summary: "routes below one base path, and what holds for all of them",
  written: ['api NAME at "/path" { ... }', 'api NAME at "/path" version N { ... }', 'api NAME at "/path" private { ... }'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, api, context);
  const name = phrase.name("a name");
  const at = phrase.word("at") ? phrase.text("a path in quotes") : undefined;
  const version = phrase.takes("version") ? readVersion(phrase, context) : {};
  const access = phrase.takes("private") ? ({ isPrivate: true } as const) : {};
  const block = phrase.block("the block of the api");
  if (!phrase.end() || name === undefined || at === undefined || block === undefined) return undefined;
  const path = readPath(at, parametersAround(around), false, context);
  if (path === undefined || version === undefined) return undefined;
  const pieces = context.statements(block, "api", aroundBelow(block, path, around, context));
  const head = { span: spanning(statement.word.span, at.span), doc: statement.doc, owner: name.name, place: `api ${name.name}` };
  const children = piecesOf(pieces, "child").flatMap(({ child }) => (child.level === "api" ? [] : [child]));
  const scope = assembleScope(pieces, head, context);
  return {
    kind: "child",
    child: { ...scope, level: "api", name: name.name, at: path.segments, ...version, ...access, children },
    span: head.span,
  };
}

function readVersion(phrase: PhraseReader, context: CheckContext): { readonly version: number } | undefined {
  const node = phrase.expression("a version number");
  if (node === undefined) return undefined;
  const version = node.kind === "int" ? Number(node.text) : 0;
  if (Number.isSafeInteger(version) && version >= 1) return { version };
  context.report(finding(versionForm, node.span, { found: context.written(node.span, 40) }));
  return undefined;
}
