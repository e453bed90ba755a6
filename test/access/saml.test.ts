/** D135: signed assertions of a real identity provider's library, and a table of attacks, at both hands. */
import { execFileSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignedXml } from "xml-crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { signedXml } from "../../runtime/hosts/node/signed-xml.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { requestOf } from "../reference/ask.ts";
import { checkedText } from "./compile-text.ts";
import { type Idp, ofSamlify } from "./of-samlify.ts";

const ISSUER = "https://idp.example/metadata";
const AUDIENCE = "https://api.shop.example";
const RECIPIENT = "https://api.shop.example/saml";
const SAML = "urn:oasis:names:tc:SAML:2.0:assertion";

let idp: Idp;
let ecIdp: Idp;
let stranger: Idp;

/** A certificate of its own, as identity providers have. */
function certified(key: KeyObject): Idp {
  const folder = mkdtempSync(join(tmpdir(), "gwl-idp-"));
  const [keyFile, file] = [join(folder, "key.pem"), join(folder, "idp.pem")];
  const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
  writeFileSync(keyFile, pem);
  execFileSync("openssl", ["req", "-x509", "-new", "-key", keyFile, "-out", file, "-days", "2", "-subj", "/CN=idp.example"], {
    stdio: "ignore",
  });
  const certificate = readFileSync(file, "utf8");
  rmSync(folder, { recursive: true, force: true });
  return { certificate, key: pem };
}

beforeAll(() => {
  idp = certified(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
  stranger = certified(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
  ecIdp = certified(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
});

type Said = {
  readonly id?: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly conditions?: string;
  readonly confirmation?: string;
  readonly attributes?: string;
  readonly more?: string;
  readonly issued?: string;
  readonly version?: string;
};
const at = (seconds: number): string => new Date(TEST_NOW + seconds * 1000).toISOString();
const restriction = `<saml:AudienceRestriction><saml:Audience>${AUDIENCE}</saml:Audience></saml:AudienceRestriction>`;
const conditions = (attributes: string, content = restriction): string => `<saml:Conditions ${attributes}>${content}</saml:Conditions>`;
const confirmation = (attributes: string, method = "urn:oasis:names:tc:SAML:2.0:cm:bearer"): string =>
  `<saml:SubjectConfirmation Method="${method}"><saml:SubjectConfirmationData ${attributes}/></saml:SubjectConfirmation>`;
const attribute = (name: string, ...values: string[]): string =>
  `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("")}</saml:Attribute>`;

let count = 0;
function assertion(said: Said = {}): string {
  const {
    id = `_a${++count}`,
    issuer = ISSUER,
    subject = "<saml:NameID>alice</saml:NameID>",
    conditions: limits = conditions(`NotBefore="${at(-60)}" NotOnOrAfter="${at(300)}"`),
    confirmation: confirmed = confirmation(`NotOnOrAfter="${at(300)}" Recipient="${RECIPIENT}"`),
    attributes = `<saml:AttributeStatement>${attribute("mail", "alice@shop.example")}${attribute("groups", "support", "eu")}</saml:AttributeStatement>`,
    more = "",
    issued = at(0),
    version = "2.0",
  } = said;
  return `<saml:Assertion xmlns:saml="${SAML}" ID="${id}" IssueInstant="${issued}" Version="${version}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject>${subject}${confirmed}</saml:Subject>${limits}${attributes}${more}</saml:Assertion>`;
}

type How = {
  readonly by?: Idp;
  readonly signature?: string;
  readonly digest?: string;
  readonly transforms?: readonly string[];
  readonly canonical?: string;
};
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

function signed(
  xml: string,
  {
    by = idp,
    signature = RSA256,
    digest = "http://www.w3.org/2001/04/xmlenc#sha256",
    transforms = [ENVELOPED, EXCLUSIVE],
    canonical = EXCLUSIVE,
  }: How = {},
): string {
  const signer = new SignedXml({ privateKey: by.key, signatureAlgorithm: signature, canonicalizationAlgorithm: canonical });
  signer.addReference({ xpath: "/*", transforms: [...transforms], digestAlgorithm: digest });
  signer.computeSignature(xml, { location: { reference: "/*/*[local-name(.)='Issuer']", action: "after" } });
  return signer.getSignedXml();
}

const SETTINGS = "fields { mail: String, groups: Set<String>, level: Int? }";
async function gateways(settings = SETTINGS) {
  const source = `gwl 1
identity A = saml { issuer: "${ISSUER}", audience: ["${AUDIENCE}", "x"], certificates: from "idp.pem", leeway: 30s, ${settings} }
gateway g { listen 1, limits { header_field: 64KiB, headers: 128KiB } }
GET "/" { accept A, allow, respond 200 }
`;
  const { program, told } = await checkedText(source, { "idp.pem": `${idp.certificate}${ecIdp.certificate}` });
  expect(told).toEqual([]);
  const hands = bothHands(program, { stage: undefined, variables: {} });
  let now = TEST_NOW;
  return {
    wait: (seconds: number) => {
      now += seconds * 1000;
    },
    ask: async (credential: string): Promise<string> => {
      const request = requestOf("GET /", { headers: [["Authorization", `Bearer ${credential}`]] });
      const world = () => testWorld({ now });
      const expected = await gatewayOf(hands.reference).handle(request, world());
      const outcome = await gatewayOf(hands.compiled).handle(request, world());
      expect(comparable(outcome)).toBe(comparable(expected));
      const { principal, cause } = outcome.decision;
      return principal === undefined ? cause : `${principal.id} ${JSON.stringify(principal.claims)}`;
    },
  };
}

const carried = (xml: string): string => Buffer.from(xml).toString("base64url");
const said = async (xml: string, settings?: string): Promise<string> => (await gateways(settings)).ask(carried(xml));

const alice = 'alice {"mail":"alice@shop.example","groups":["support","eu"]}';
const no = "unauthenticated";

describe("an assertion", () => {
  test("that is signed opens one request; the same again does not, another of the same caller does", async () => {
    const { ask, wait } = await gateways();
    const one = carried(signed(assertion()));
    expect(await ask(one)).toBe(alice);
    expect(await ask(one)).toBe(no);
    wait(200);
    expect(await ask(one)).toBe(no);
    expect(await ask(carried(signed(assertion())))).toBe(alice);
  });

  test.each(["rsa-sha256", "rsa-sha512"])("may be signed with %s, and with ECDSA by another certificate of the provider", async (name) => {
    expect(await said(signed(assertion(), { signature: `http://www.w3.org/2001/04/xmldsig-more#${name}` }))).toBe(alice);
  });

  test("of samlify, an identity provider's library, opens a request", async () => {
    const xml = await ofSamlify(idp, { issuer: ISSUER, audience: AUDIENCE, recipient: RECIPIENT, at });
    expect(await said(xml, "fields { mail: String }")).toBe('bob@shop.example {"mail":"bob@shop.example"}');
    expect(await said(xml.replace("bob@shop.example", "eve@shop.example"), "fields { mail: String }")).toBe(no);
  });

  const timely = (name: string): string => at(Number(name));
  test.each<[string, () => Said, string]>([
    ["another issuer", () => ({ issuer: `${ISSUER}/` }), no],
    ["another audience", () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, restriction.replace("api", "other")) }), no],
    ["no audience", () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, "") }), no],
    ["two restrictions that name us", () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, restriction + restriction) }), alice],
    [
      "two restrictions of which one names us",
      () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, restriction + restriction.replace("api", "other")) }),
      no,
    ],
    ["one-time use", () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, `${restriction}<saml:OneTimeUse/>`) }), alice],
    [
      "a condition that nobody knows",
      () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, `${restriction}<saml:Condition/>`) }),
      no,
    ],
    [
      "a condition of another kind",
      () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`, `${restriction}<x:Only xmlns:x="urn:x"/>`) }),
      no,
    ],
    ["conditions that have ended", () => ({ conditions: conditions(`NotOnOrAfter="${at(-30)}"`) }), no],
    ["conditions that end within the leeway", () => ({ conditions: conditions(`NotOnOrAfter="${at(-29)}"`) }), alice],
    ["conditions that begin later", () => ({ conditions: conditions(`NotBefore="${at(31)}"`) }), no],
    ["conditions without times", () => ({ conditions: conditions("") }), alice],
    ["a time that is none", () => ({ conditions: conditions('NotOnOrAfter="tomorrow"') }), no],
    ["a time of a zone", () => ({ conditions: conditions(`NotOnOrAfter="${timely("60").replace("Z", "+01:00")}"`) }), no],
    ["no conditions", () => ({ conditions: "" }), no],
    ["conditions twice", () => ({ conditions: conditions(`NotOnOrAfter="${at(60)}"`).repeat(2) }), no],
    ["nobody who confirms", () => ({ confirmation: "" }), no],
    [
      "a holder of a key",
      () => ({ confirmation: confirmation(`NotOnOrAfter="${at(60)}"`, "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key") }),
      no,
    ],
    ["a confirmation that has ended", () => ({ confirmation: confirmation(`NotOnOrAfter="${at(-30)}"`) }), no],
    ["a confirmation without an end", () => ({ confirmation: confirmation(`NotBefore="${at(-30)}"`) }), no],
    [
      "one of two confirmations that has ended",
      () => ({ confirmation: confirmation(`NotOnOrAfter="${at(-30)}"`) + confirmation(`NotOnOrAfter="${at(30)}"`) }),
      alice,
    ],
    ["a session that has ended", () => ({ more: `<saml:AuthnStatement AuthnInstant="${at(-90)}" SessionNotOnOrAfter="${at(-30)}"/>` }), no],
    ["issued later", () => ({ issued: at(31) }), no],
    ["another version", () => ({ version: "1.1" }), no],
    ["no name", () => ({ subject: "" }), no],
    ["two names", () => ({ subject: "<saml:NameID>alice</saml:NameID><saml:NameID>bob</saml:NameID>" }), no],
    ["an encrypted name", () => ({ subject: "<saml:EncryptedID/>" }), no],
    ["an empty name", () => ({ subject: "<saml:NameID/>" }), no],
    [
      "an attribute twice",
      () => ({
        attributes: `<saml:AttributeStatement>${attribute("mail", "a")}${attribute("mail", "b")}${attribute("groups")}</saml:AttributeStatement>`,
      }),
      no,
    ],
    [
      "two values for one",
      () => ({ attributes: `<saml:AttributeStatement>${attribute("mail", "a", "b")}${attribute("groups")}</saml:AttributeStatement>` }),
      no,
    ],
    ["an attribute less", () => ({ attributes: `<saml:AttributeStatement>${attribute("mail", "a")}</saml:AttributeStatement>` }), no],
    [
      "a value that holds elements",
      () => ({ attributes: `<saml:AttributeStatement>${attribute("mail", "a<b/>")}${attribute("groups")}</saml:AttributeStatement>` }),
      no,
    ],
    [
      "a number",
      () => ({
        attributes: `<saml:AttributeStatement>${attribute("mail", "a &amp; &lt;b&gt;")}${attribute("groups")}${attribute("level", "7")}</saml:AttributeStatement>`,
      }),
      'alice {"mail":"a & <b>","groups":[],"level":7}',
    ],
    [
      "a number that is none",
      () => ({
        attributes: `<saml:AttributeStatement>${attribute("mail", "a")}${attribute("groups")}${attribute("level", "07")}</saml:AttributeStatement>`,
      }),
      no,
    ],
  ])("with %s", async (_what, given, expected) => {
    expect(await said(signed(assertion(given())))).toBe(expected);
  });

  test.each([
    [`recipient: "${RECIPIENT}"`, alice],
    ['recipient: "https://other.example"', no],
  ])("is for whom it says: %s", async (setting, expected) => {
    expect(await said(signed(assertion()), `${setting}, ${SETTINGS}`)).toBe(expected);
  });
});

describe("an attack", () => {
  const inner = (xml: string): string => xml.replace(/^<saml:Assertion /, "<saml:Assertion ").replace(/<\?xml.*?\?>/, "");
  const evil = (): string => assertion({ id: "_evil", subject: "<saml:NameID>admin</saml:NameID>" });
  const signatureOf = (xml: string): string => /<Signature.*<\/Signature>/s.exec(xml)?.[0] ?? "";
  const without = (xml: string): string => xml.replace(signatureOf(xml), "");

  test.each<[string, (good: string) => string]>([
    ["no signature", without],
    ["another name", (good) => good.replace("alice<", "admin<")],
    ["another attribute", (good) => good.replace("support", "admins")],
    ["a signature of a stranger", () => signed(assertion(), { by: stranger })],
    [
      "a stranger's certificate in KeyInfo",
      () =>
        signed(assertion(), { by: stranger }).replace(
          "</SignatureValue>",
          `</SignatureValue><KeyInfo><X509Data><X509Certificate>${stranger.certificate.replaceAll(/-----[^-]+-----|\s/g, "")}</X509Certificate></X509Data></KeyInfo>`,
        ),
    ],
    ["RSA with SHA-1", () => signed(assertion(), { signature: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" })],
    ["a digest of SHA-1", () => signed(assertion(), { digest: "http://www.w3.org/2000/09/xmldsig#sha1" })],
    ["inclusive canonical form", () => signed(assertion(), { transforms: [ENVELOPED, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"] })],
    ["canonical form with comments", () => signed(assertion(), { transforms: [ENVELOPED, `${EXCLUSIVE}WithComments`] })],
    [
      "inclusive canonical form of what is signed",
      () => signed(assertion(), { canonical: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" }),
    ],
    [
      "XSW1: the signed one inside a forged one's signature",
      (good) =>
        evil().replace(
          "</saml:Issuer>",
          `</saml:Issuer>${signatureOf(good).replace("</Signature>", `<Object>${inner(without(good))}</Object></Signature>`)}`,
        ),
    ],
    [
      "XSW2: the signature beside the signed one",
      (good) => evil().replace("</saml:Assertion>", `${signatureOf(good)}${inner(without(good))}</saml:Assertion>`),
    ],
    ["XSW3: a forged one around the signed one", (good) => evil().replace("</saml:Assertion>", `${inner(good)}</saml:Assertion>`)],
    ["XSW4: the signed one around a forged one", (good) => good.replace("</saml:Assertion>", `${evil()}</saml:Assertion>`)],
    ["XSW5: both in a response", (good) => `<r>${evil()}${inner(good)}</r>`],
    [
      "XSW6: the signed one in an extension",
      (good) => evil().replace("</saml:Assertion>", `<x:Extension xmlns:x="urn:x">${inner(good)}</x:Extension></saml:Assertion>`),
    ],
    [
      "XSW7: a forged one with the signed one's id",
      (good) =>
        evil()
          .replace("_evil", /ID="([^"]+)"/.exec(good)?.[1] ?? "")
          .replace("</saml:Assertion>", `<x>${inner(good)}</x></saml:Assertion>`),
    ],
    ["XSW8: two signatures", (good) => good.replace("</saml:Assertion>", `${signatureOf(good)}</saml:Assertion>`)],
    ["a comment within a name", () => signed(assertion({ subject: "<saml:NameID>alice<!-- x -->.evil</saml:NameID>" }))],
    ["a comment put in afterwards", (good) => good.replace("alice<", "al<!-- -->ice<")],
    ["an instruction", (good) => good.replace("alice<", "alice<?x y?><")],
    ["CDATA", (good) => good.replace("alice<", "<![CDATA[alice]]><")],
    ["a document type", (good) => `<!DOCTYPE a [<!ENTITY e "admin">]>${good}`],
    ["an entity", (good) => `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>${good.replace("alice<", "&e;<")}`],
    ["an entity that nobody declares", (good) => good.replace("alice<", "&e;<")],
    ["a second root", (good) => `${good}${evil()}`],
    ["text behind the root", (good) => `${good}x`],
    ["an empty reference", (good) => good.replace(/URI="#[^"]+"/, 'URI=""')],
    ["a reference to something else", (good) => good.replace(/URI="#[^"]+"/, 'URI="#_evil"')],
    ["a second id of the same text", (good) => good.replace("<saml:Subject>", `<saml:Subject Id="${/ID="([^"]+)"/.exec(good)?.[1]}">`)],
    ["an encrypted assertion beside it", (good) => good.replace("</saml:Assertion>", "<saml:EncryptedAssertion/></saml:Assertion>")],
    ["another namespace", () => signed(assertion().replaceAll(SAML, "urn:oasis:names:tc:SAML:1.0:assertion"))],
    ["broken markup", (good) => good.slice(0, -5)],
    ["nothing", () => ""],
    ["more than 128 KiB", (good) => good.replace("alice<", `${"x".repeat(131_072)}<`)],
  ])("%s is refused", async (_what, made) => {
    const good = signed(assertion());
    const attack = made(good);
    expect(attack).not.toBe(good);
    expect(signedXml(attack, [idp.certificate]) === undefined || (await said(attack)) === no).toBe(true);
  });

  test("what is signed is what is read: the canonical form has no signature, and the name as it was signed", () => {
    const good = signed(assertion({ subject: "<saml:NameID >alice</saml:NameID >" }));
    const canonical = signedXml(good, [idp.certificate]);
    expect(canonical).toContain("<saml:NameID>alice</saml:NameID>");
    expect(canonical).not.toContain("Signature");
    expect(signedXml(good, [stranger.certificate])).toBeUndefined();
    expect(signedXml(good, [stranger.certificate, idp.certificate])).toBe(canonical);
    expect(signedXml(good, [])).toBeUndefined();
  });

  test("no padding, no other alphabet: one text for one assertion", async () => {
    const { ask } = await gateways();
    const good = signed(assertion());
    const standard = Buffer.from(good).toString("base64");
    if (/[+/=]/.test(standard)) expect(await ask(standard)).toBe(no);
    expect(await ask(`${carried(good)}=`)).toBe(no);
    expect(await ask(carried(good))).toBe(alice);
  });

  test("changed bytes are refusals, but where they change nothing that is signed", () => {
    const good = signed(assertion());
    const canonical = signedXml(good, [idp.certificate]);
    let kept = 0;
    for (let step = 0; step < 200; step++) {
      const place = (step * 7919) % good.length;
      const other = good[place] === "A" ? "B" : "A";
      const given = signedXml(good.slice(0, place) + other + good.slice(place + 1), [idp.certificate]);
      if (given !== undefined) kept++;
      expect([undefined, canonical]).toContain(given);
    }
    expect(kept).toBeLessThan(5);
  });
});
