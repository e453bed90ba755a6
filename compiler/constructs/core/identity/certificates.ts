/** `certificates: from "idp.pem"`: the certificates of an identity provider, read at compile time. Promises: no private key gets into a gateway. */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { readTerms } from "../../phrase-reader.ts";
import { brokenCertificates } from "../jwt/token.diagnostics.ts";

/** RFC 7468, without headers. */
const block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1-----/g;

/** PEM, each certificate by itself. Empty after a finding. */
export function readCertificates(phrase: Phrase, context: CheckContext): readonly string[] {
  const reader = readTerms(phrase.terms, { word: "certificates", end: phrase.span, written: ['certificates: from "FILE"'] }, context);
  reader.word("from");
  const path = reader.text("a file in quotes");
  if (!reader.end() || path === undefined) return [];
  const data = context.data(path, "certificates");
  if (data === undefined) return [];
  const blocks = [...data.text.matchAll(block)];
  const why = problemOf(data.text, blocks);
  if (why === undefined) return blocks.map(([, , body = ""]) => `-----BEGIN CERTIFICATE-----\n${body.trim()}\n-----END CERTIFICATE-----\n`);
  context.report(finding(brokenCertificates, path.span, { file: data.file, why }));
  return [];
}

function problemOf(text: string, blocks: readonly RegExpExecArray[]): string | undefined {
  if (text.includes("PRIVATE KEY")) return "it holds a private key, which a gateway must not have";
  if (blocks.length === 0) return "it holds no `-----BEGIN CERTIFICATE-----`";
  const other = blocks.find(([, label]) => label !== "CERTIFICATE");
  if (other !== undefined) return `it holds a ${other[1]}`;
  const broken = blocks.findIndex(([, , body = ""]) => !isCertificate(body.replaceAll(/\s/g, "")));
  return broken < 0 ? undefined : `certificate ${broken + 1} is cut short or is none`;
}

/** RFC 7468: lines of 64 characters. */
export function pemOf(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join("\n") ?? ""}\n-----END CERTIFICATE-----\n`;
}

/** One ASN.1 sequence that is as long as it says. */
export function isCertificate(base64: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return false;
  const bytes = atob(base64);
  return bytes.length > 4 && bytes.startsWith("\x30\x82") && bytes.charCodeAt(2) * 256 + bytes.charCodeAt(3) + 4 === bytes.length;
}
