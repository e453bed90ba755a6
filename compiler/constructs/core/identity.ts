/** `identity NAME = KIND { ... }`: callers who can prove who they are. Each kind has its own file; this one only tells them apart. */
import type { Entry } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import type { Identity } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { LATER_IDENTITY_KINDS } from "../later.ts";
import { readPhrase } from "../phrase-reader.ts";
import { isBlock, leadingName } from "../terms.ts";
import { readClaims } from "./jwt/claims.ts";
import { readJwt } from "./jwt/jwt.ts";
import { unknownIdentityKind } from "./jwt/jwt.diagnostics.ts";

export const identity: DeclarationConstruct<"identity"> = {
  kind: "declaration",
  words: ["identity"],
  within: ["file"],
  summary: "callers who can prove who they are",
  written: ["identity NAME = jwt { ... }"],
  declares: "identity",
  mean: readIdentity,
};

function readIdentity(declaration: Declaration, context: CheckContext): Identity | undefined {
  const phrase = readPhrase(declaration.statement, identity, context);
  phrase.name("a name");
  phrase.mark("=");
  const kind = leadingName(phrase.peek());
  if (kind === undefined) phrase.refuse("a kind, such as `jwt`,");
  if (kind === undefined || phrase.failed()) return undefined;
  if (kind.name !== "jwt") {
    const known = LATER_IDENTITY_KINDS.has(kind.name);
    const meant = didYouMean(kind.name, ["jwt", ...LATER_IDENTITY_KINDS]);
    if (known) context.report(finding(notSupportedYet, kind.span, { what: `an identity of kind \`${kind.name}\``, instead: undefined }));
    else context.report(finding(unknownIdentityKind, kind.span, { kind: kind.name, meant }));
    return nameOnly(declaration, context);
  }
  phrase.name("a kind");
  const block = phrase.block("its settings in braces");
  return phrase.end() && block !== undefined ? readJwt(declaration, block, context) : undefined;
}

/** An identity that has its finding: rules that name it and its claims get no second one. Nothing is built from it. */
function nameOnly({ name, statement }: Declaration, context: CheckContext): Identity {
  const settings = statement.phrase.terms.at(-1);
  const fields = settings?.kind === "block" ? settings.entries.find(isFields) : undefined;
  const block = fields?.kind === "statement" ? fields.phrase.terms.find(isBlock) : undefined;
  return {
    kind: "jwt",
    name: name.name,
    issuer: { op: "const", value: "", type: { kind: "poison" }, span: name.span },
    audience: [],
    algorithms: [],
    keys: { kind: "static", keys: [] },
    headers: [],
    leeway: 0,
    claims: readClaims(block, context),
    span: statement.span,
  };
}

function isFields(entry: Entry): boolean {
  return entry.kind === "statement" && (entry.word.name === "claims" || entry.word.name === "fields");
}
