/** `entry NAME { ... }`: a door beside the gateway's own `listen`, and what passes by it (D170). */
import type { Block, Statement } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import { type Span, spanning } from "../../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Door, EndpointDoor, Entry, ListenerDoor } from "../../../model/program.ts";
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";
import { piecesOf, type Piece, type PieceOf } from "../../piece.ts";
import { readSettings } from "../../settings.ts";
import { onlyOne } from "../assemble-scope.ts";
import { anyIdentity } from "../level-around.ts";
import { certificateAskedInClear, doorMissing, endpointListens, endpointId, listenerViaListener } from "./entry.diagnostics.ts";

export const ENTRY_SETTINGS = {
  vpce: { form: "value", type: { kind: "string" }, doc: 'the id of a VPC endpoint, as in `"vpce-0abc1234def567890"`' },
  vpc: { form: "value", type: { kind: "string" }, doc: "the id of the VPC that the endpoint is in, for rules to read" },
} as const;

export const entry: StatementConstruct = {
  kind: "statement",
  words: ["entry"],
  within: ["file"],
  summary: "a door of its own: a port, a socket or a VPC endpoint, and what passes by it",
  written: ["entry NAME { ... }"],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, entry, context);
  const name = phrase.name("a name");
  const block = phrase.block("the block of the entry");
  if (!phrase.end() || name === undefined || block === undefined) return undefined;
  const span = spanning(statement.word.span, name.span);
  const { values } = readSettings(block, ENTRY_SETTINGS, { owner: "an entry", head: span, statements: "entry" }, context);
  const pieces = context.statements(block, "entry", aroundEntry(around, context), "settings-read-elsewhere");
  const access = piecesOf(pieces, "access").flatMap(({ statement: one }) => (one.kind === "rule" || one.kind === "use" ? [one] : []));
  const door = readDoor(pieces, values, { name: name.name, span, block }, context);
  if (door === undefined) return undefined;
  const doc = statement.doc === undefined ? {} : { doc: statement.doc };
  return { kind: "entry", entry: { name: name.name, door, access, span, ...doc } satisfies Entry, span };
}

type Head = { readonly name: string; readonly span: Span; readonly block: Block };
type Ids = { readonly vpce: Expr | undefined; readonly vpc: Expr | undefined };

function readDoor(pieces: readonly Piece[], ids: Ids, head: Head, context: CheckContext): Door | undefined {
  const listen = onlyOne(pieces, "listen", "`listen`", context);
  const via = onlyOne(pieces, "via", "`via`", context);
  // What is broken has its finding: nothing is said of what is missing then.
  if (listen === undefined && ids.vpce === undefined) {
    if (!isWritten(head.block, "listen") && !isWritten(head.block, "vpce"))
      context.report(finding(doorMissing, head.span, { name: head.name }));
    return undefined;
  }
  if (listen === undefined) return endpoint(pieces, ids, via?.listener, context);
  if (via !== undefined) context.report(finding(listenerViaListener, via.span, { name: head.name }));
  if (ids.vpce !== undefined)
    context.report(finding(endpointListens, ids.vpce.span, { what: "listen" }, [{ span: listen.span, message: "it listens here" }]));
  return listener(pieces, listen, context);
}

function listener(pieces: readonly Piece[], { at, http2 }: PieceOf<"listen">, context: CheckContext): ListenerDoor {
  const tls = onlyOne(pieces, "tls", "`tls`", context);
  const mtls = onlyOne(pieces, "mtls", "`mtls`", context);
  if (mtls !== undefined && tls === undefined) context.report(finding(certificateAskedInClear, mtls.span, {}));
  return {
    kind: "listener",
    at,
    ...(tls === undefined ? {} : { tls: { certificate: tls.certificate, key: tls.key } }),
    ...(mtls === undefined ? {} : { mtls: { truststore: mtls.truststore, depth: mtls.depth } }),
    http2: http2 ?? tls !== undefined,
    balancers: piecesOf(pieces, "proxyProtocol").map(({ balancers }) => balancers),
  };
}

function endpoint(pieces: readonly Piece[], { vpce, vpc }: Ids, via: string | undefined, context: CheckContext): EndpointDoor | undefined {
  if (vpce === undefined) return undefined;
  for (const piece of pieces) {
    const what = piece.kind === "proxyProtocol" ? "proxy_protocol" : piece.kind;
    if (what === "tls" || what === "mtls" || what === "proxy_protocol")
      context.report(
        finding(endpointListens, piece.span, { what }, [
          { span: vpce.span, message: "what comes by an endpoint comes through another door" },
        ]),
      );
  }
  checkId(vpce, "vpce", context);
  if (vpc !== undefined) checkId(vpc, "vpc", context);
  return { kind: "endpoint", vpce, ...(via === undefined ? {} : { via }), ...(vpc === undefined ? {} : { vpc }) };
}

/** Constants only: what the environment brings is compared as it comes. */
function checkId(expr: Expr, prefix: "vpce" | "vpc", context: CheckContext): void {
  const values = expr.op === "stageValue" ? Object.values(expr.values) : [expr];
  for (const one of values) {
    if (one.op !== "const" || typeof one.value !== "string" || new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(one.value)) continue;
    context.report(finding(endpointId, one.span, { found: one.value, prefix }));
  }
}

function isWritten(block: Block, word: string): boolean {
  return block.entries.some((one) =>
    one.kind === "statement" ? one.word.name === word : one.kind === "setting" && one.key.kind === "name" && one.key.name === word,
  );
}

/** Its rules hold for all routes, as those of the gateway. */
function aroundEntry(around: Around, context: CheckContext): Around {
  const missing = "an entry stands before all routes";
  return {
    reads: { kind: "request", principal: anyIdentity(context), body: { missing }, parameters: { missing } },
    parameters: [],
    path: around.path,
  };
}
