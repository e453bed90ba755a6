/** `GET "/{id: OrderId}" -> orders { ... }`: one method and path, where it leads, and what holds for it. */
import type { Block, NameNode, Statement, Term } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { spanning, type Span } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { BodyHere } from "../../check/expressions/place.ts";
import { readType } from "../../check/types/read-type.ts";
import type { Route, RouteMethod } from "../../model/program.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase, type PhraseReader } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { composedAround } from "../shaping/compose.ts";
import { composedBy } from "../shaping/composed.ts";
import { returnedBy } from "../shaping/returned.ts";
import { answerAround } from "../shaping/returns.ts";
import { bodyMappedNowhere } from "../shaping/shaping.diagnostics.ts";
import { assembleScope, onlyOne } from "./assemble-scope.ts";
import { aroundRoute, parametersAround } from "./level-around.ts";
import { pathText } from "./path/path-text.ts";
import { readPath } from "./path/read-path.ts";
import { bodyOnBodilessMethod, routeWithoutTarget, routeWithTwoTargets } from "./routing.diagnostics.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"] as const satisfies readonly RouteMethod[];
const BODILESS: readonly RouteMethod[] = ["GET", "HEAD", "DELETE"];

export const route: StatementConstruct = {
  kind: "statement",
  words: METHODS,
  within: ["file", "api", "group"],
  summary: "one method and path, where it leads, and who may call it",
  written: ['GET "/path" -> BACKEND { ... }', 'POST "/path" body TYPE -> BACKEND', 'GET "/path" { respond STATUS }'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const method = METHODS.find((known) => known === statement.word.name);
  const phrase = readPhrase(statement, route, context);
  const at = phrase.text("a path in quotes");
  const bodyTerms = readBodyTerms(phrase);
  const backend = phrase.takesMark("->") ? phrase.name("the name of a backend") : undefined;
  const block = phrase.optionalBlock();
  if (!phrase.end() || method === undefined || at === undefined) return undefined;
  const span = spanning(statement.word.span, at.span);
  const path = readPath(at, parametersAround(around), true, context);
  const body = readBody(bodyTerms, span, method, context);
  if (path === undefined) return undefined;
  const here = {
    ...aroundRoute(block, path, body, around, context),
    answer: composedAround(block, context) ?? answerAround(block, context),
  };
  const pieces = block === undefined ? [] : context.statements(block, "route", here);
  const composed = composedBy(pieces, method, backend, context);
  const target = composed === undefined ? targetOf(pieces, backend, { span, block }, context) : ({ kind: "compose", composed } as const);
  if (target === undefined) return undefined;
  const key = `${method} ${pathText(here.path)}${here.version === undefined ? "" : ` version ${here.version}`}`;
  const scope = assembleScope(pieces, { span, doc: statement.doc, owner: "route", place: key }, context);
  const typed = "type" in body ? { body: body.type } : {};
  const rewrite = onlyOne(pieces, "rewrite", "`rewrite path`", context);
  const checks = onlyOne(pieces, "validate", "`validate`", context);
  const kept = onlyOne(pieces, "cache", "`cache`", context);
  const shaped = {
    ...(checks === undefined ? {} : { validate: checks.checks }),
    ...(rewrite === undefined ? {} : { rewrite: rewrite.path }),
    ...mappedBody(pieces, method, target, context),
    ...(composed === undefined
      ? returnedBy(pieces, backend && target.kind === "backend" ? context.resolve("backend", backend) : undefined, context)
      : {}),
    ...(kept === undefined ? {} : { cache: kept.cache }),
  };
  return { kind: "child", child: { ...scope, level: "route", key, method, at: path.segments, ...typed, ...shaped, target }, span };
}

/** Only where a request with a body goes on. */
function mappedBody(pieces: readonly Piece[], method: RouteMethod, target: Route["target"], context: CheckContext): Pick<Route, "mapBody"> {
  const piece = onlyOne(pieces, "mapBody", "`map body`", context);
  if (piece === undefined) return {};
  const isSent = target.kind === "backend" && (method === "POST" || method === "PUT" || method === "PATCH");
  if (!isSent) context.report(finding(bodyMappedNowhere, piece.span, { method, answersItself: target.kind === "respond" }));
  return piece.value.type.kind === "poison" ? {} : { mapBody: piece.value };
}

function readBodyTerms(phrase: PhraseReader): readonly Term[] | undefined {
  if (!phrase.takes("body")) return undefined;
  const record = phrase.optionalBlock();
  return [...(record === undefined ? [] : [record]), ...phrase.until("->", "{")];
}

function readBody(terms: readonly Term[] | undefined, head: Span, method: RouteMethod, context: CheckContext): BodyHere {
  const [first] = terms ?? [];
  if (terms === undefined) return { missing: "this route has no `body` type" };
  const declared = first === undefined ? head : spanning(first.span, terms.at(-1)?.span ?? first.span);
  if (BODILESS.includes(method)) context.report(finding(bodyOnBodilessMethod, declared, { method }));
  return { type: readType(terms, declared, context.types(head.file), context.report), declared };
}

function targetOf(
  pieces: readonly Piece[],
  backend: NameNode | undefined,
  head: { readonly span: Span; readonly block: Block | undefined },
  context: CheckContext,
): Route["target"] | undefined {
  const respond = onlyOne(pieces, "respond", "`respond`", context);
  if (backend !== undefined && respond !== undefined) {
    context.report(finding(routeWithTwoTargets, respond.span, {}, [{ span: backend.span, message: "the backend" }]));
    return undefined;
  }
  if (respond !== undefined) return { kind: "respond", response: respond.response };
  if (backend !== undefined) {
    const found = context.resolve("backend", backend);
    return found === undefined ? undefined : { kind: "backend", backend: found.name };
  }
  const isAnswering = head.block?.entries.some(
    (entry) => entry.kind === "statement" && (entry.word.name === "respond" || entry.word.name === "compose"),
  );
  if (isAnswering !== true) context.report(finding(routeWithoutTarget, head.span, {}));
  return undefined;
}
