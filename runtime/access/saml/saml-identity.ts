/**
 * A started `saml` identity: a signed SAML 2.0 assertion as bearer credential, in base64url (RFC 7522). Promises: the element that was signed is
 * the one that is read; each assertion opens one request.
 */
import type { SamlData } from "../../contract/identity-data.ts";
import type { Verification } from "../../contract/verification.ts";
import type { World } from "../../contract/world.ts";
import { decodeBase64Url } from "../../kernel/base64url.ts";
import { codePoints } from "../../kernel/scalar-text.ts";
import type { IdentityBrought, RunningIdentity } from "../../kernel/running-identity.ts";
import { bearerIdentity } from "../bearer-token.ts";
import { readClaims } from "../claims.ts";
import { lateTexts } from "../token-settings.ts";
import { type Assertion, readAssertion } from "./assertion.ts";
import { attributeMembers } from "./attribute-values.ts";
import { usedAssertions } from "./used-assertions.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Code points. */
const longestSubject = 256;

export function samlIdentity(data: SamlData, brought: IdentityBrought): RunningIdentity {
  const [issuer = ""] = lateTexts(brought, "issuer");
  const audience = lateTexts(brought, "audience");
  const [recipient] = lateTexts(brought, "recipient");
  const used = usedAssertions();
  return bearerIdentity(data.headers[0], (credential, world, now) => {
    const assertion = readCredential(credential, data.certificates, world);
    if (typeof assertion === "string") return refused(assertion);
    const read = judge(data, { issuer, audience, recipient }, assertion, now);
    if (!read.verification.ok) return read.verification;
    switch (used.use(assertion.id, read.end, now)) {
      case "first":
        return read.verification;
      case "again":
        return refused("the assertion was used before");
      case "full":
        return { ok: false, cause: "keys-unavailable", why: "no more assertions can be remembered" };
    }
  });
}

function readCredential(credential: string, certificates: readonly string[], world: World): Assertion | string {
  const bytes = decodeBase64Url(credential);
  if (bytes === undefined) return "no assertion in base64url";
  let xml: string;
  try {
    xml = decoder.decode(bytes);
  } catch {
    return "the assertion is not UTF-8";
  }
  const signed = signedPart(xml, certificates, world);
  if (typeof signed !== "string") return "not signed as it must be";
  return readAssertion(signed) ?? "the signed element is no assertion that can be taken";
}

/** A world that breaks has verified nothing. */
function signedPart(xml: string, certificates: readonly string[], world: World): unknown {
  try {
    return world.signedXml(xml, certificates);
  } catch {
    return undefined;
  }
}

type Expected = { readonly issuer: string; readonly audience: readonly string[]; readonly recipient: string | undefined };
/** `end`: when the assertion can be used no more. */
type Judged = { readonly verification: Verification; readonly end: number };

function judge({ name, leeway, claims: declared }: SamlData, expected: Expected, assertion: Assertion, now: number): Judged {
  const { starts, ends, confirmations, subject } = assertion;
  const no = (why: string): Judged => ({ verification: refused(why), end: now });
  if (assertion.issuer !== expected.issuer) return no("another issuer");
  if (!assertion.audiences.every((names) => names.some((one) => expected.audience.includes(one)))) return no("another audience");
  if (starts.some((start) => start > now + leeway)) return no("not valid yet");
  if (ends.some((end) => now >= end + leeway)) return no("expired");
  const confirmed = confirmations.filter(
    ({ start, end, recipient }) =>
      (start === undefined || start <= now + leeway) &&
      now < end + leeway &&
      (expected.recipient === undefined || recipient === expected.recipient),
  );
  if (confirmed.length === 0) return no("nobody confirms its bearer");
  if (subject === "" || codePoints(subject) > longestSubject) return no("no subject of 1 to 256 characters");
  const members = attributeMembers(declared, assertion.attributes);
  const claims = members === undefined ? "an attribute has several values" : readClaims(declared, members);
  if (typeof claims === "string") return no(claims);
  const end = Math.min(...ends, Math.max(...confirmed.map((confirmation) => confirmation.end))) + leeway;
  return { verification: { ok: true, principal: { identity: name, id: subject, claims } }, end };
}

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
