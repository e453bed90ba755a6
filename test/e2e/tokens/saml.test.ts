/** A built gateway takes signed assertions over sockets, each once; the XML part is a file that only such gateways have. */
import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { BIN, ended, environment } from "../../cli/gwl.ts";
import { call, endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";

const ISSUER = "https://idp.example/metadata";
const AUDIENCE = "https://api.shop.example";
const SOURCE = `gwl 1
identity Staff = saml {
  issuer: "${ISSUER}"
  audience: "${AUDIENCE}"
  certificates: from "idp.pem"
  fields { groups: Set<String> }
}
gateway g { listen 0, limits { header_field: 32KiB, headers: 64KiB } }
GET "/" { accept Staff, allow when "support" in principal.groups, respond 200 }
`;

let folder = "";
let gateway: Gateway;
let port = 0;
let key = "";

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-saml-")));
  key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  writeFileSync(join(folder, "key.pem"), key);
  const certify = [
    "req",
    "-x509",
    "-new",
    "-key",
    join(folder, "key.pem"),
    "-out",
    join(folder, "idp.pem"),
    "-days",
    "2",
    "-subj",
    "/CN=idp",
  ];
  execFileSync("openssl", certify, { stdio: "ignore" });
  writeFileSync(join(folder, "gateway.gwl"), SOURCE);
  for (const bundle of ["bundle", "again"]) {
    const built = await ended(spawn(process.execPath, [BIN, "build", folder, "--out", join(folder, bundle)], { env: environment() }));
    expect({ code: built.code, err: built.code === 0 ? "" : built.err }).toEqual({ code: 0, err: "" });
  }
  gateway = startGateway(join(folder, "bundle"), {});
  port = await portOf(gateway);
});

afterAll(async () => {
  gateway.child.kill("SIGTERM");
  await endOf(gateway);
  rmSync(folder, { recursive: true, force: true });
});

function assertion(id: string, group: string): string {
  const [now, end] = [new Date().toISOString(), new Date(Date.now() + 60_000).toISOString()];
  const xml = `<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${now}"><a:Issuer>${ISSUER}</a:Issuer><a:Subject><a:NameID>alice</a:NameID><a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData NotOnOrAfter="${end}"/></a:SubjectConfirmation></a:Subject><a:Conditions NotOnOrAfter="${end}"><a:AudienceRestriction><a:Audience>${AUDIENCE}</a:Audience></a:AudienceRestriction></a:Conditions><a:AttributeStatement><a:Attribute Name="groups"><a:AttributeValue>${group}</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion>`;
  const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
  const signer = new SignedXml({
    privateKey: key,
    signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    canonicalizationAlgorithm: exclusive,
  });
  const transforms = ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", exclusive];
  signer.addReference({ xpath: "/*", transforms, digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256" });
  signer.computeSignature(xml, { location: { reference: "/*/*[local-name(.)='Issuer']", action: "after" } });
  return signer.getSignedXml();
}

const status = async (xml: string): Promise<number> =>
  (await call(port, "GET /", { token: Buffer.from(xml).toString("base64url") })).status;

test("an assertion opens one request, a changed one none, one of another group is known and may not", async () => {
  const good = assertion("_1", "support");
  expect(await status(good.replace("support", "Support"))).toBe(401);
  expect(await status(good)).toBe(200);
  expect(await status(good)).toBe(401);
  expect(await status(assertion("_2", "sales"))).toBe(403);
  expect(await status(assertion("_1", "support"))).toBe(401);
});

test("the XML part lies beside the server, the same bytes in each build, and says nothing of where it was built", () => {
  const text = readFileSync(join(folder, "bundle/signed-xml.cjs"), "utf8");
  expect(readFileSync(join(folder, "again/signed-xml.cjs"), "utf8")).toBe(text);
  expect(text).not.toContain(process.cwd());
  expect(text).not.toContain("node_modules");
  expect(readdirSync(join(folder, "bundle"))).toContain("signed-xml.cjs");
  expect(readFileSync(join(folder, "bundle/worker.js"), "utf8")).toContain("signed-xml.cjs");
  expect(Buffer.byteLength(text)).toBeLessThan(250_000);
});
