/** `backend NAME = KIND { ... }`: what answers the calls that are let through. Each kind has its own file; this one only tells them apart. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import type { Backend } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { LATER_BACKEND_KINDS } from "../later.ts";
import { readPhrase } from "../phrase-reader.ts";
import { leadingName } from "../terms.ts";
import { unknownBackendKind } from "./backend/backend.diagnostics.ts";
import { readRespondBackend } from "./backend/fixed-response.ts";
import { readHttpBackend } from "./backend/http.ts";

export const backend: DeclarationConstruct<"backend"> = {
  kind: "declaration",
  words: ["backend"],
  within: ["file"],
  summary: "what answers the calls that are let through",
  written: ["backend NAME = http { ... }", "backend NAME = respond { ... }"],
  declares: "backend",
  mean: readBackend,
};

const KINDS = { http: readHttpBackend, respond: readRespondBackend } as const;

function readBackend(declaration: Declaration, context: CheckContext): Backend | undefined {
  const phrase = readPhrase(declaration.statement, backend, context);
  phrase.name("a name");
  phrase.mark("=");
  const kind = leadingName(phrase.peek());
  if (kind === undefined) phrase.refuse("a kind, such as `http`,");
  if (kind === undefined || phrase.failed()) return undefined;
  const read = kind.name === "http" || kind.name === "respond" ? KINDS[kind.name] : undefined;
  if (read === undefined) {
    const meant = didYouMean(kind.name, [...Object.keys(KINDS), ...LATER_BACKEND_KINDS]);
    if (LATER_BACKEND_KINDS.has(kind.name))
      context.report(finding(notSupportedYet, kind.span, { what: `a backend of kind \`${kind.name}\``, instead: undefined }));
    else context.report(finding(unknownBackendKind, kind.span, { kind: kind.name, meant }));
    return undefined;
  }
  phrase.name("a kind");
  const block = phrase.block("its settings in braces");
  return phrase.end() && block !== undefined ? read(declaration, block, context) : undefined;
}
