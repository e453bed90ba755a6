/**
 * XML that is signed as a whole (XML Signature 1.1, as SAML 2.0 section 5.4 uses it). Promises: what is given is the canonical form of what was
 * signed, and nothing else of the document; a document that leaves any choice is refused. Parsing, canonical form and signatures are
 * `xml-crypto`'s; this file says which of all that XML signatures can do is taken. Only bundles that need it carry it, as a file of its own.
 */
import { createPublicKey, type KeyObject, verify, X509Certificate } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { type SignatureAlgorithm, SignedXml } from "xml-crypto";

const signatureNamespace = "http://www.w3.org/2000/09/xmldsig#";
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const digests = ["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512"];
/** Longer ones are no assertion about one caller. */
const longest = 128 * 1024;

type Signature = { readonly type: "rsa" | "ec"; readonly hash: string };
const signatures: Readonly<Record<string, Signature>> = {
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": { type: "rsa", hash: "sha256" },
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": { type: "rsa", hash: "sha384" },
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": { type: "rsa", hash: "sha512" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": { type: "ec", hash: "sha256" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": { type: "ec", hash: "sha384" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": { type: "ec", hash: "sha512" },
};

/** `certificates`: PEM; one of their keys must have signed. Undefined where the document does not pass. Never throws. */
export function signedXml(xml: string, certificates: readonly string[]): string | undefined {
  try {
    const signature = onlySignature(xml);
    if (signature === undefined) return undefined;
    for (const certificate of certificates) {
      const signed = signedWith(xml, signature, certificate);
      if (signed !== undefined) return signed;
    }
  } catch {
    // Whatever the parser stumbles over was not written by an identity provider.
  }
  return undefined;
}

/** No markup but elements: comments split texts, entities and document types say what is not there, instructions are for others. */
function hasPlainMarkup(xml: string): boolean {
  return (
    xml.length <= longest &&
    !xml.includes("<!") &&
    !xml.replace(/^<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?\?>/, "").includes("<?")
  );
}

/** The one signature of the document, if it stands in the root and says that it is of the whole. */
function onlySignature(xml: string): Element | undefined {
  if (!hasPlainMarkup(xml)) return undefined;
  const document = parsed(xml);
  const root = document.documentElement;
  // The parser passes over what stands behind the root.
  if (document.childNodes.length > (xml.startsWith("<?") ? 2 : 1) || !xml.trimEnd().endsWith(`</${root.tagName}>`)) return undefined;
  const all = Array.from(root.getElementsByTagName("*"));
  const [signature, ...others] = all.filter(({ localName }) => localName === "Signature");
  if (signature === undefined || others.length > 0 || signature.parentNode !== root || signature.namespaceURI !== signatureNamespace)
    return undefined;
  if (all.some(({ localName }) => localName === root.localName || localName === "EncryptedAssertion")) return undefined;
  const id = root.getAttribute("ID") ?? "";
  const isOnlyId = [root, ...all].flatMap((one) => ["ID", "Id", "id"].filter((name) => one.hasAttribute(name))).length === 1;
  return id !== "" && isOnlyId && isPlain(signature, id) ? signature : undefined;
}

/** Strict: what is no XML is not guessed at. */
function parsed(xml: string): Document {
  const fault = (message: string): never => {
    throw new Error(message);
  };
  return new DOMParser({ errorHandler: { warning: fault, error: fault, fatalError: fault } }).parseFromString(xml, "text/xml");
}

function isPlain(signature: Element, id: string): boolean {
  const info = onlyChild(signature, "SignedInfo");
  const reference = info && onlyChild(info, "Reference");
  const transforms = reference && onlyChild(reference, "Transforms");
  if (info === undefined || reference === undefined || transforms === undefined) return false;
  const told = childrenOf(transforms).map((transform) => transform.getAttribute("Algorithm"));
  return (
    reference.getAttribute("URI") === `#${id}` &&
    algorithmOf(info, "CanonicalizationMethod") === exclusive &&
    Object.hasOwn(signatures, algorithmOf(info, "SignatureMethod") ?? "") &&
    digests.includes(algorithmOf(reference, "DigestMethod") ?? "") &&
    told.length === 2 &&
    told[0] === enveloped &&
    told[1] === exclusive
  );
}

function childrenOf(element: Element): readonly Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);
}

function onlyChild(element: Element, name: string): Element | undefined {
  const [child, another] = childrenOf(element).filter(
    ({ localName, namespaceURI }) => localName === name && namespaceURI === signatureNamespace,
  );
  return another === undefined ? child : undefined;
}

function algorithmOf(element: Element, name: string): string | null | undefined {
  return onlyChild(element, name)?.getAttribute("Algorithm");
}

function signedWith(xml: string, signature: Element, certificate: string): string | undefined {
  const key = createPublicKey(new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }));
  const checking = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  checking.SignatureAlgorithms = Object.fromEntries(Object.entries(signatures).map(([name, how]) => [name, checkerOf(name, how, key)]));
  try {
    checking.loadSignature(signature);
    const [signed, ...others] = checking.checkSignature(xml) ? checking.getSignedReferences() : [];
    return others.length === 0 ? signed : undefined;
  } catch {
    return undefined;
  }
}

/** `xml-crypto` has no ECDSA, and would check any signature with any key. */
function checkerOf(name: string, { type, hash }: Signature, key: KeyObject): new () => SignatureAlgorithm {
  const fits = key.asymmetricKeyType === type && (type === "ec" || (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048);
  const verifySignature = (material: string, _key: unknown, value: string): boolean =>
    fits && verify(hash, Buffer.from(material), type === "ec" ? { key, dsaEncoding: "ieee-p1363" } : key, Buffer.from(value, "base64"));
  const nothing = (): never => {
    throw new Error("a gateway signs nothing");
  };
  return function () {
    return { getAlgorithmName: () => name, getSignature: nothing, verifySignature };
  } as unknown as new () => SignatureAlgorithm;
}
