/**
 * `metadata: from "idp.xml"`: who an identity provider is and what it signs with, from the metadata that it publishes (SAML 2.0 Metadata,
 * 2.3 and 2.4). Promises: the keys of its signing role and no others; certificates of signatures over the file itself are not its keys.
 */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import { readXml, type XmlElement } from "../../../xml/read-xml.ts";
import { readTerms } from "../../phrase-reader.ts";
import { brokenMetadata } from "../jwt/token.diagnostics.ts";
import { isCertificate, pemOf } from "./certificates.ts";

const METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

/** `certificates`: PEM. */
export type IdpMetadata = { readonly issuer: Expr; readonly certificates: readonly string[] };

/** Undefined after a finding. */
export function readMetadata(phrase: Phrase, context: CheckContext): IdpMetadata | undefined {
  const reader = readTerms(phrase.terms, { word: "metadata", end: phrase.span, written: ['metadata: from "FILE"'] }, context);
  reader.word("from");
  const path = reader.text("a file in quotes");
  if (!reader.end() || path === undefined) return undefined;
  const data = context.data(path, "metadata");
  if (data === undefined) return undefined;
  const read = entityOf(data.text);
  if ("why" in read) {
    context.report(finding(brokenMetadata, path.span, { file: data.file, why: read.why }));
    return undefined;
  }
  const issuer: Expr = { op: "const", value: read.id, type: { kind: "string" }, span: path.span };
  return { issuer, certificates: read.certificates.map(pemOf) };
}

type Entity = { readonly id: string; readonly certificates: readonly string[] };

function entityOf(text: string): Entity | { readonly why: string } {
  const xml = readXml(text);
  if (!xml.ok) return xml;
  const { root } = xml;
  if (is(root, METADATA, "EntitiesDescriptor"))
    return { why: "it describes several parties; take the `EntityDescriptor` of the provider out" };
  if (!is(root, METADATA, "EntityDescriptor")) return { why: `its root is \`${root.name}\`, not \`EntityDescriptor\`` };
  const id = root.attributes.get("entityID") ?? "";
  if (id === "" || id.length > 1024) return { why: "it has no `entityID`" };
  const roles = childrenOf(root, METADATA, "IDPSSODescriptor").filter(speaksSaml2);
  if (roles.length === 0) return { why: "it describes no identity provider (`IDPSSODescriptor` for SAML 2.0)" };
  const keys = roles.flatMap((role) => childrenOf(role, METADATA, "KeyDescriptor")).filter(signs);
  const certificates = keys.flatMap(certificatesOf);
  if (certificates.length === 0) return { why: "it has no certificate for signing" };
  const broken = certificates.findIndex((certificate) => !isCertificate(certificate));
  return broken < 0 ? { id, certificates: [...new Set(certificates)] } : { why: `certificate ${broken + 1} is cut short or is none` };
}

function speaksSaml2({ attributes }: XmlElement): boolean {
  return (attributes.get("protocolSupportEnumeration") ?? "").split(/\s+/).includes(PROTOCOL);
}

/** A key without a use is for both. */
function signs({ attributes }: XmlElement): boolean {
  const use = attributes.get("use");
  return use === undefined || use === "signing";
}

/** Base64 without white space. */
function certificatesOf(key: XmlElement): readonly string[] {
  return childrenOf(key, SIGNATURE, "KeyInfo")
    .flatMap((info) => childrenOf(info, SIGNATURE, "X509Data"))
    .flatMap((held) => childrenOf(held, SIGNATURE, "X509Certificate"))
    .map(({ text }) => text.replaceAll(/\s/g, ""));
}

function childrenOf({ children }: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return children.filter((child) => is(child, namespace, name));
}

function is(element: XmlElement, namespace: string, name: string): boolean {
  return element.namespace === namespace && element.name === name;
}
