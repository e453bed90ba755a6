/** `api NAME at "/path" version N by header "NAME" private { ... }`: routes with one base path, and what holds for all of them. Apis do not nest (D10). */
import type { Statement } from "../../../grammar/ast.ts";
import { spanning } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { piecesOf, type Piece } from "../piece.ts";
import type { Segment } from "../../model/program.ts";
import { type ApiVersion, readApiVersion } from "./api-version.ts";
import { assembleScope } from "./assemble-scope.ts";
import { aroundBelow, parametersAround } from "./level-around.ts";
import { readPath } from "./path/read-path.ts";

export const api: StatementConstruct = {
  kind: "statement",
  words: ["api"],
  within: ["file"],
  summary: "routes below one base path, and what holds for all of them",
  written: [
    'api NAME at "/path" { ... }',
    'api NAME at "/path" version N { ... }',
    'api NAME at "/path" version N by path { ... }',
    'api NAME at "/path" version N by header "NAME" default { ... }',
    'api NAME at "/path" version N by media "TYPE" default { ... }',
    'api NAME at "/path" version N by parameter "NAME" default { ... }',
    'api NAME at "/path" private { ... }',
  ],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, api, context);
  const name = phrase.name("a name");
  const at = phrase.word("at") ? phrase.text("a path in quotes") : undefined;
  const isVersion = phrase.takes("version");
  const said = isVersion ? readApiVersion(phrase, context) : undefined;
  const access = phrase.takes("private") ? ({ isPrivate: true } as const) : {};
  const block = phrase.block("the block of the api");
  if (!phrase.end() || name === undefined || at === undefined || block === undefined) return undefined;
  const written = readPath(at, parametersAround(around), false, context);
  if (written === undefined || (isVersion && said === undefined)) return undefined;
  const path = { ...written, segments: prefixed(written.segments, said) };
  const { version, choice } = said ?? {};
  const outside = said?.choice === undefined ? around : { ...around, version: said.version };
  const pieces = context.statements(block, "api", aroundBelow(block, path, outside, context));
  const head = { span: spanning(statement.word.span, at.span), doc: statement.doc, owner: name.name, place: `api ${name.name}` };
  const children = piecesOf(pieces, "child").flatMap(({ child }) => (child.level === "api" ? [] : [child]));
  const versioned = { ...(version === undefined ? {} : { version }), ...(choice === undefined ? {} : { choice }) };
  const scope = assembleScope(pieces, head, context);
  return {
    kind: "child",
    child: { ...scope, level: "api", name: name.name, at: path.segments, ...versioned, ...access, children },
    span: head.span,
  };
}

/** In front of the path, where the version stands there. */
function prefixed(segments: readonly Segment[], said: ApiVersion | undefined): readonly Segment[] {
  return said?.isInPath === true ? [{ kind: "literal", text: `v${said.version}` }, ...segments] : segments;
}
