/** `metadata: from "idp.xml"`: what an identity provider's library says of itself is taken, its other keys are not, and what is no metadata is refused. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { readXml, type XmlElement } from "../../compiler/xml/read-xml.ts";
import { bothHands, gatewayOf } from "../harness/both-hands.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { requestOf } from "../reference/ask.ts";
import { checkedText, type CheckedText } from "./compile-text.ts";
import { type Idp, metadataOfSamlify, ofSamlify } from "./of-samlify.ts";

const ISSUER = "https://idp.example/metadata";
const AUDIENCE = "https://api.shop.example";
const RECIPIENT = "https://api.shop.example/saml";

let idp: Idp;
let other: Idp;

beforeAll(() => {
  [idp, other] = [certified(), certified()];
});

function certified(): Idp {
  const folder = mkdtempSync(join(tmpdir(), "gwl-idp-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "idp.pem")];
  const wanted = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    key,
    "-out",
    certificate,
    "-days",
    "2",
    "-subj",
    "/CN=idp.example",
  ];
  execFileSync("openssl", wanted, { stdio: "ignore" });
  const made = { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  rmSync(folder, { recursive: true, force: true });
  return made;
}

const base64 = ({ certificate }: Idp): string => certificate.replaceAll(/-----[A-Z ]+-----|\s/g, "");
const keyOf = (one: Idp, use?: string): string =>
  `<md:KeyDescriptor${use === undefined ? "" : ` use="${use}"`}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>\n${base64(one)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const role = (keys: string, name = "IDPSSODescriptor", protocol = "urn:oasis:names:tc:SAML:2.0:protocol"): string =>
  `<md:${name} protocolSupportEnumeration="${protocol}">${keys}<md:SingleSignOnService Binding="b" Location="https://idp.example/sso"/></md:${name}>`;
const entity = (roles: string, id = ISSUER): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- of the provider -->\n<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_m" entityID="${id}">${roles}</md:EntityDescriptor>\n`;

function compiled(metadata: string, more = ""): Promise<CheckedText> {
  const source = `gwl 1
identity A = saml { metadata: from "idp.xml", audience: "${AUDIENCE}", ${more} fields { mail: String } }
gateway g { listen 1, limits { header_field: 64KiB, headers: 128KiB } }
GET "/" { accept A, allow, respond 200 }
`;
  return checkedText(source, { "idp.xml": metadata });
}

/** Whose certificates the identity has, and by which name its provider goes. */
async function taken(metadata: string): Promise<string> {
  const { program, findings } = await compiled(metadata);
  const [problem] = findings;
  if (problem !== undefined) return `${problem.code} ${problem.message.slice(problem.message.indexOf(": ") + 2)}`;
  const [identity] = program.identities;
  if (identity?.kind !== "saml" || identity.issuer.op !== "const") throw new Error("another identity");
  const names = identity.certificates.map((pem) => (pem.replaceAll(/-----[A-Z ]+-----|\s/g, "") === base64(idp) ? "idp" : "other"));
  return `${String(identity.issuer.value)} ${names.join(" ")}`;
}

test("samlify's metadata tell whom to trust: its assertions open requests, those of others do not", async () => {
  const { program, told } = await compiled(metadataOfSamlify(idp, ISSUER));
  expect(told).toEqual([]);
  const hands = bothHands(program, { stage: undefined, variables: {} });
  const at = (seconds: number): string => new Date(TEST_NOW + seconds * 1000).toISOString();
  const ask = async (by: Idp, hand: keyof typeof hands): Promise<string> => {
    const xml = await ofSamlify(by, { issuer: ISSUER, audience: AUDIENCE, recipient: RECIPIENT, at });
    const request = requestOf("GET /", { headers: [["Authorization", `Bearer ${Buffer.from(xml).toString("base64url")}`]] });
    return (await gatewayOf(hands[hand]).handle(request, testWorld({ now: TEST_NOW }))).decision.cause;
  };
  for (const hand of ["reference", "compiled"] as const) {
    expect(await ask(idp, hand)).toBe("rule");
    expect(await ask(other, hand)).toBe("unauthenticated");
  }
});

describe("of metadata", () => {
  const rows: readonly (readonly [string, () => string, string])[] = [
    ["a key for signing", () => entity(role(keyOf(idp, "signing"))), `${ISSUER} idp`],
    ["a key for both", () => entity(role(keyOf(idp))), `${ISSUER} idp`],
    ["not the key for encryption", () => entity(role(keyOf(other, "encryption") + keyOf(idp, "signing"))), `${ISSUER} idp`],
    ["both keys of a change", () => entity(role(keyOf(idp, "signing") + keyOf(other, "signing"))), `${ISSUER} idp other`],
    ["a key that stands twice, once", () => entity(role(keyOf(idp, "signing") + keyOf(idp))), `${ISSUER} idp`],
    ["not the keys of its other roles", () => entity(role(keyOf(other), "SPSSODescriptor") + role(keyOf(idp))), `${ISSUER} idp`],
    [
      "other prefixes",
      () =>
        entity(role(keyOf(idp)))
          .replaceAll("md:", "")
          .replace("xmlns:md", "xmlns"),
      `${ISSUER} idp`,
    ],
    ["names with entities", () => entity(role(keyOf(idp)), "https://idp.example/?a=1&amp;b=&#x32;"), "https://idp.example/?a=1&b=2 idp"],
    [
      "not another protocol's role",
      () => entity(role(keyOf(idp), "IDPSSODescriptor", "urn:oasis:names:tc:SAML:1.1:protocol")),
      "GWL4175 it describes no identity provider (`IDPSSODescriptor` for SAML 2.0)",
    ],
    [
      "no other namespace",
      () => entity(role(keyOf(idp))).replace("SAML:2.0:metadata", "SAML:2.0:other"),
      "GWL4175 its root is `EntityDescriptor`, not `EntityDescriptor`",
    ],
    ["no key", () => entity(role(keyOf(idp, "encryption"))), "GWL4175 it has no certificate for signing"],
    ["no name", () => entity(role(keyOf(idp)), ""), "GWL4175 it has no `entityID`"],
    ["a broken key", () => entity(role(keyOf(idp).replace("MII", "MIJ"))), "GWL4175 certificate 1 is cut short or is none"],
    [
      "several parties",
      () => `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${entity("").replace(/^<\?.*\?>/, "")}</EntitiesDescriptor>`,
      "GWL4175 it describes several parties; take the `EntityDescriptor` of the provider out",
    ],
    [
      "a document type",
      () => entity(role(keyOf(idp))).replace("<!-- of the provider -->", '<!DOCTYPE x [<!ENTITY e "x">]>'),
      "GWL4175 it has a document type",
    ],
    ["PEM", () => idp.certificate, "GWL4175 it is not one element"],
    ["nothing", () => "", "GWL4175 it is not one element"],
  ];
  test.each(rows)("%s", async (_, metadata, expected) => {
    expect(await taken(metadata())).toBe(expected);
  });

  test("a certificate within the signature over the file is no key of the provider", async () => {
    const signer = new SignedXml({
      privateKey: other.key,
      publicCert: other.certificate,
      signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
    });
    signer.addReference({
      xpath: "/*",
      transforms: ["http://www.w3.org/2000/09/xmldsig#enveloped-signature"],
      digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
    });
    signer.computeSignature(entity(role(keyOf(idp))), { location: { reference: "/*", action: "prepend" } });
    expect(signer.getSignedXml()).toContain(base64(other).slice(0, 60));
    expect(await taken(signer.getSignedXml())).toBe(`${ISSUER} idp`);
  });

  test.each(["issuer", "certificates"])("%s beside metadata is refused", async (part) => {
    const written = part === "issuer" ? `issuer: "${ISSUER}",` : 'certificates: from "idp.xml",';
    const { findings } = await compiled(entity(role(keyOf(idp))), written);
    expect(findings.map(({ code }) => code)).toContain("GWL4176");
  });
});

describe("XML", () => {
  const name = fc.constantFrom("a", "b", "p:a", "q:b");
  const text = fc.constantFrom("", "x", "&lt;&#65;&amp;", "<![CDATA[<y>&]]>", "<!-- - -->", "<?go on?>", " \n ");
  const attribute = fc.constantFrom("", ` k="1"`, ` k='"'`, ` p:k="2"`, ` xmlns="urn:d"`, ` xmlns:q="urn:r"`, ` k = "&quot;"`);
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc
      .tuple(name, attribute, fc.array(fc.oneof({ depthSize: "small" }, text, tie("element")), { maxLength: 3 }))
      .map(([tag, more, inner]) => (inner.length === 0 ? `<${tag}${more} />` : `<${tag}${more}>${inner.join("")}</${tag} >`)),
  }));

  test("is read as another library reads it", () => {
    const property = fc.property(element, (inner) => {
      const xml = `<root xmlns:p="urn:p" xmlns:q="urn:q">${inner}</root>`;
      const read = readXml(xml);
      expect(read.ok && shown(read.root)).toEqual(
        shownDom(new DOMParser().parseFromString(xml, "text/xml").documentElement as unknown as Element),
      );
    });
    fc.assert(property, { numRuns: 500 });
  });

  test("never throws, whatever stands there", () => {
    const pieces = fc.array(
      fc.constantFrom(
        "<",
        ">",
        "/",
        "a",
        "a:b",
        "=",
        '"',
        "'",
        "&",
        ";",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "xmlns",
        " ",
        "</a>",
        "<a>",
        "#x0",
        "\u0000",
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (parts) => typeof readXml(parts.join("")).ok === "boolean"),
      { numRuns: 2000 },
    );
  });

  test.each([
    "<a></b>",
    "<a>",
    "</a>",
    "<a/><b/>",
    "<a b='1' b='2'/>",
    "<p:a/>",
    "<a>&x;</a>",
    "<a>&amp</a>",
    "<a b=1/>",
    "x<a/>",
    "<a><!-- -- --></a>",
    "<!DOCTYPE a><a/>",
  ])("%s is none", (xml) => {
    expect(readXml(xml).ok).toBe(false);
  });

  type Shown = readonly [string, string, string, readonly Shown[]];
  const shown = ({ name: local, namespace, text: own, children }: XmlElement): Shown => [local, namespace, own, children.map(shown)];
  const shownDom = (node: Element): Shown => {
    const parts = Array.from(node.childNodes);
    const own = parts.flatMap((part) => (part.nodeType === 3 || part.nodeType === 4 ? [part.nodeValue ?? ""] : [])).join("");
    return [
      node.localName,
      node.namespaceURI ?? "",
      own,
      parts.flatMap((part) => (part.nodeType === 1 ? [shownDom(part as Element)] : [])),
    ];
  };
});
