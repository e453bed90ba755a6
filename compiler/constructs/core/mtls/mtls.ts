/** `identity NAME = mtls { entry: ENTRY }`: callers whose certificate an entry's truststore vouches for. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Phrase } from "../../../../grammar/ast.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import { baseOf } from "../../../check/types/built-in-types.ts";
import { printType } from "../../../check/types/print-type.ts";
import type { Claim, Identity } from "../../../model/program.ts";
import type { Type } from "../../../model/types.ts";
import type { IdentityKindConstruct } from "../identity/identity-kind.ts";
import { readClaims } from "../jwt/claims.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { unknownEntry } from "../../../check/program/doors.diagnostics.ts";
import { CERTIFICATE_PARTS } from "./certificate-parts.ts";
import { notACertificatePart, partIsText } from "./mtls.diagnostics.ts";

const USUAL_PART = "subject.CN";

export const MTLS_IDENTITY_SETTINGS = {
  entry: { form: "phrase", required: true, doc: "the entry at which the certificate is shown" },
  id: {
    form: "constant",
    type: { kind: "string" },
    doc: "the part of the certificate that is `principal.id`",
    byDefault: '`"subject.CN"`',
  },
  fields: { form: "block", doc: "what rules may read of the certificate" },
} as const satisfies SettingShapes;

export const mtlsIdentity: IdentityKindConstruct = { written: ["identity NAME = mtls { entry: ENTRY, ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Identity | undefined {
  phrase.name("`mtls`");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const { values } = readSettings(block, MTLS_IDENTITY_SETTINGS, { owner: "an `mtls` identity", head: name.span }, context);
  const entry = values.entry === undefined ? undefined : readEntry(values.entry, context);
  const claims = readClaims(values.fields, context);
  for (const claim of claims) checkField(claim, context);
  const part = typeof values.id?.value === "string" ? values.id.value : USUAL_PART;
  if (values.id !== undefined && !CERTIFICATE_PARTS.includes(part))
    context.report(finding(notACertificatePart, values.id.span, { name: part, meant: didYouMean(part, CERTIFICATE_PARTS) }));
  return { kind: "mtls", name: name.name, entry: entry ?? "", part, headers: [], subject: "id", claims, span: statement.span };
}

function readEntry({ terms, span }: Phrase, context: CheckContext): string | undefined {
  const [term, ...more] = terms;
  const known = context.declared("entry").map((declaration) => declaration.name.name);
  if (term?.kind === "name" && more.length === 0 && known.includes(term.name)) return term.name;
  const name = context.written(span, 40);
  context.report(finding(unknownEntry, span, { name, meant: didYouMean(name, known), known }));
  return undefined;
}

/** Of a part that may come several times a set or list takes all. */
function checkField({ claim, type, span }: Claim, context: CheckContext): void {
  if (!CERTIFICATE_PARTS.includes(claim)) {
    context.report(finding(notACertificatePart, span, { name: claim, meant: didYouMean(claim, CERTIFICATE_PARTS) }));
  } else if (!isTextual(type)) context.report(finding(partIsText, span, { part: claim, type: printType(type) }));
}

function isTextual(type: Type): boolean {
  if (type.kind === "optional") return isTextual(type.type);
  const base = baseOf(type);
  if (base.kind === "set" || base.kind === "list") return isTextual(base.element);
  if (base.kind === "literals") return base.values.every((value) => typeof value === "string");
  return ["string", "uuid", "ip", "url", "arn", "accountId", "poison"].includes(base.kind);
}
