/** `gateway NAME { ... }`: where it listens, what it takes, and what holds for every call. One a program (D10). */
import type { Block, Entry, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { type Span, spanning } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { Expr } from "../../model/expression.ts";
import type { Gateway } from "../../model/program.ts";
import type { StatementConstruct } from "../construct.ts";
import { observeOf } from "../observe/assemble-observe.ts";
import { readPhrase } from "../phrase-reader.ts";
import { piecesOf, type Piece, type PieceOf } from "../piece.ts";
import { readSettings } from "../settings.ts";
import { acceptOf } from "./accepted-identities.ts";
import { assembleScope, onlyOne } from "./assemble-scope.ts";
import { gatewaySocket } from "./entry/entry.diagnostics.ts";
import { readHosts } from "./hosts.ts";
import { anyIdentity } from "./level-around.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { DEFAULT_PATH_RULES } from "./paths.ts";

const SHAPES = { host: { form: "phrase", doc: "the hosts that requests may name; without it any" } } as const;
const DEFAULT_PORT = 8080;

export const gateway: StatementConstruct = {
  kind: "statement",
  words: ["gateway"],
  within: ["file"],
  summary: "where the gateway listens, what it takes, and what holds for every call",
  written: ["gateway NAME { ... }"],
  read,
  surrounds: (statement, context, around) => {
    const block = statement.phrase.terms.at(-1);
    const accept = block?.kind === "block" ? acceptOf(block, around, context) : undefined;
    return { ...around, ...(accept === undefined ? {} : { accept }) };
  },
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, gateway, context);
  const name = phrase.name("a name");
  const block = phrase.block("the block of the gateway");
  if (!phrase.end() || name === undefined || block === undefined) return undefined;
  const span = spanning(statement.word.span, name.span);
  const { values } = readSettings(block, SHAPES, { owner: "a gateway", head: span, statements: "gateway" }, context);
  const pieces = context.statements(block, "gateway", aroundGateway(block, around, context), "settings-read-elsewhere");
  const scope = assembleScope(pieces, { span, doc: statement.doc, owner: "gateway" }, context);
  const level = {
    ...scope,
    level: "gateway",
    name: name.name,
    ...listenOf(onlyOne(pieces, "listen", "`listen`", context), block, span, context),
    hosts: readHosts(values.host, context),
    ...trustOf(pieces),
    ...arnOf(pieces, context),
    ...observeOf(pieces, wordsOf(block), context),
    limits: { ...DEFAULT_LIMITS, ...onlyOne(pieces, "limits", "`limits`", context)?.limits },
    paths: { ...DEFAULT_PATH_RULES, ...onlyOne(pieces, "paths", "`paths`", context)?.paths },
    explainRefusals: piecesOf(pieces, "explainRefusals").length > 0,
    children: [],
  } as const;
  return { kind: "gateway", gateway: level, span };
}

function trustOf(pieces: readonly Piece[]): Pick<Gateway, "trustProxies" | "trustRequestIds" | "trustTraces"> {
  const networks = (matter: PieceOf<"trust">["in"]): readonly Expr[] =>
    piecesOf(pieces, "trust").flatMap((piece) => (piece.in === matter ? piece.networks : []));
  const [ids, traces] = [networks("request_ids"), networks("traces")];
  return {
    trustProxies: networks("proxies"),
    ...(ids.length === 0 ? {} : { trustRequestIds: ids }),
    ...(traces.length === 0 ? {} : { trustTraces: traces }),
  };
}

function wordsOf(block: Block): ReadonlySet<string> {
  return new Set(block.entries.flatMap((one) => (one.kind === "statement" ? [one.word.name] : [])));
}

function arnOf(pieces: readonly Piece[], context: CheckContext): Pick<Gateway, "arn"> {
  const piece = onlyOne(pieces, "arn", "`arn`", context);
  return piece === undefined ? {} : { arn: piece.name };
}

/** Where entries listen, the gateway opens no door of its own unasked. */
function listenOf(said: PieceOf<"listen"> | undefined, block: Block, span: Span, context: CheckContext): Pick<Gateway, "listen" | "http2"> {
  if (said?.at.kind === "port") return { listen: said.at.port, ...(said.http2 ? { http2: true } : {}) };
  if (said !== undefined) context.report(finding(gatewaySocket, said.span, {}));
  const isSaid = said !== undefined || block.entries.some((one) => isListen(one));
  if (!isSaid && context.declared("entry").some(({ statement }) => hasListen(statement))) return {};
  return { listen: { op: "const", value: DEFAULT_PORT, type: { kind: "int", min: 0, max: 65_535 }, span } };
}

function hasListen({ phrase }: Statement): boolean {
  const block = phrase.terms.at(-1);
  return block?.kind === "block" && block.entries.some(isListen);
}

function isListen(entry: Entry): boolean {
  return entry.kind === "statement" && entry.word.name === "listen";
}

function aroundGateway(block: Block, around: Around, context: CheckContext): Around {
  const accept = acceptOf(block, around, context);
  const parameters = { missing: "a gateway stands above all routes" };
  const body = { missing: "only a route knows its body" };
  return {
    reads: { kind: "request", principal: anyIdentity(context), body, parameters },
    parameters: [],
    path: [],
    ...(accept === undefined ? {} : { accept }),
  };
}
