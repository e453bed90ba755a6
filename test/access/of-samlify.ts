/** An identity provider by `samlify`, a library of others: what it signs must be taken. */
import { createPrivateKey } from "node:crypto";
import * as samlify from "samlify";

export type Idp = { readonly certificate: string; readonly key: string };
/** `at`: the time so many seconds from now. */
export type Wanted = {
  readonly issuer: string;
  readonly audience: string;
  readonly recipient: string;
  readonly at: (seconds: number) => string;
};

const SAML = "urn:oasis:names:tc:SAML:2.0:assertion";

/** What it says of itself. */
export function metadataOfSamlify(idp: Idp, issuer: string): string {
  return providerOf(idp, issuer).getMetadata();
}

function providerOf({ key, certificate }: Idp, issuer: string): samlify.IdentityProviderInstance {
  return samlify.IdentityProvider({
    entityID: issuer,
    privateKey: createPrivateKey(key).export({ type: "pkcs8", format: "pem" }).toString(),
    signingCert: certificate,
    isAssertionEncrypted: false,
    requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    nameIDFormat: ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
    singleSignOnService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: "https://idp.example/sso" }],
    loginResponseTemplate: {
      context: `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="${SAML}" ID="{ID}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Destination}"><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{StatusCode}"/></samlp:Status><saml:Assertion xmlns:saml="${SAML}" ID="{AssertionID}" Version="2.0" IssueInstant="{IssueInstant}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="{NameIDFormat}">{NameID}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{End}" Recipient="{Recipient}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{Start}" NotOnOrAfter="{End}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>{AttributeStatement}</saml:Assertion></samlp:Response>`,
      attributes: [
        { name: "mail", valueTag: "user.mail", nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:basic", valueXsiType: "xs:string" },
      ],
    },
  });
}

/** A login response of samlify, of which the signed assertion is taken out, as a client of a gateway would. */
export async function ofSamlify(idp: Idp, { issuer, audience, recipient, at }: Wanted): Promise<string> {
  samlify.setSchemaValidator({ validate: async () => "checked elsewhere" });
  const provider = providerOf(idp, issuer);
  const service = samlify.ServiceProvider({
    entityID: audience,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: recipient }],
  });
  const tags: Readonly<Record<string, string>> = {
    ID: "_response",
    AssertionID: "_of-samlify",
    Destination: recipient,
    Recipient: recipient,
    Audience: audience,
    Issuer: issuer,
    IssueInstant: at(0),
    Start: at(-10),
    End: at(300),
    StatusCode: "urn:oasis:names:tc:SAML:2.0:status:Success",
    NameIDFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    NameID: "bob@shop.example",
    attrUserMail: "bob@shop.example",
  };
  const filled = (template: string) => ({
    id: "_response",
    context: template.replaceAll(/\{(\w+)\}/g, (_, tag: string) => tags[tag] ?? ""),
  });
  const { context } = await provider.createLoginResponse(
    service,
    { extract: { request: { id: "_request" } } },
    "post",
    { email: "bob@shop.example" },
    filled,
  );
  const response = Buffer.from(context, "base64").toString("utf8");
  return /<saml:Assertion.*<\/saml:Assertion>/s.exec(response)?.[0] ?? "";
}
