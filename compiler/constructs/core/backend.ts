/** `backend NAME = KIND { ... }`: what answers the calls that are let through. Each kind has its own file; this one only tells them apart. */
import type { NameNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import type { Backend } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { LATER_BACKEND_KINDS } from "../later.ts";
import { readPhrase, readTerms } from "../phrase-reader.ts";
import { leadingName } from "../terms.ts";
import { unknownBackendKind } from "./backend/backend.diagnostics.ts";
import type { BackendKindConstruct } from "./backend/backend-kind.ts";
import { respond } from "./backend/fixed-response.ts";
import { http } from "./backend/http.ts";
import { lambda } from "./backend/lambda.ts";
import { websocket } from "./backend/websocket.ts";

/** The kinds that this compiler knows, by their word. */
export const BACKEND_KINDS: ReadonlyMap<string, BackendKindConstruct> = new Map([
  ["http", http],
  ["lambda", lambda],
  ["respond", respond],
  ["websocket", websocket],
]);

export const backend: DeclarationConstruct<"backend"> = {
  kind: "declaration",
  words: ["backend"],
  within: ["file"],
  summary: "what answers the calls that are let through",
  written: ["backend NAME = http { ... }", "backend NAME = KIND { ... }"],
  declares: "backend",
  mean: readBackend,
};

function readBackend(declaration: Declaration, context: CheckContext): Backend | undefined {
  const start = readPhrase(declaration.statement, backend, context);
  start.name("a name");
  start.mark("=");
  const word = leadingName(start.peek());
  if (word === undefined) start.refuse("a kind, such as `http`,");
  if (word === undefined || start.failed()) return undefined;
  const kind = BACKEND_KINDS.get(word.name);
  if (kind === undefined) return reportUnknown(word, context);
  const owner = { word: "backend", end: declaration.statement.span, written: kind.written };
  return kind.read(declaration, readTerms(start.rest(), owner, context), context);
}

function reportUnknown({ name, span }: NameNode, context: CheckContext): undefined {
  if (LATER_BACKEND_KINDS.has(name)) {
    context.report(finding(notSupportedYet, span, { what: `a backend of kind \`${name}\``, instead: undefined }));
    return;
  }
  const known = [...BACKEND_KINDS.keys()];
  context.report(finding(unknownBackendKind, span, { kind: name, known, meant: didYouMean(name, [...known, ...LATER_BACKEND_KINDS]) }));
}
