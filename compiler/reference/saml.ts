/**
 * `identity X = saml`: a signed assertion as bearer credential (D135; SAML Core 2.0 section 2, RFC 7522 section 3). The world says what was signed;
 * of that, and of nothing else, is read who calls.
 */
import type { SamlIdentity } from "../model/program.ts";
import { decodeBase64url } from "./base64url.ts";
import { bindBearer } from "./bearer.ts";
import { callerOf } from "./claims.ts";
import type { Binder, BoundIdentity, Unverified, Verified } from "./identity.ts";
import { attributeJson } from "./saml-attributes.ts";
import { children, childrenNamed, readXml, textOf, type Xml } from "./saml-xml.ts";
import { utf8 } from "./triplets.ts";
import { isText } from "./values.ts";

type Expected = { readonly issuer: string; readonly audience: readonly string[]; readonly recipient: string | undefined };
/** Until when: milliseconds. */
type Accepted = { readonly verified: Verified; readonly id: string; readonly until: number };

export function bindSaml(identity: SamlIdentity, { text }: Binder): BoundIdentity {
  const expected = {
    issuer: text(identity.issuer),
    audience: identity.audience.map(text),
    recipient: identity.recipient && text(identity.recipient),
  };
  const used: { readonly id: string; readonly until: number }[] = [];
  return bindBearer(identity, async (credential, { now, world }): Promise<Verified | Unverified> => {
    const bytes = decodeBase64url(credential);
    const xml = bytes && utf8(bytes);
    const signed = xml === undefined ? undefined : world.signedXml(xml, identity.certificates);
    const root = isText(signed) ? readXml(signed) : undefined;
    const accepted = root && acceptedBy(root, identity, expected, now);
    if (!accepted || used.some(({ id, until }) => id === accepted.id && now < until)) return "invalid";
    used.push(accepted);
    return accepted.verified;
  });
}

function acceptedBy(root: Xml, identity: SamlIdentity, expected: Expected, now: number): Accepted | undefined {
  const { leeway, name, claims } = identity;
  const id = root.attributes["ID"] ?? "";
  const [subject, ...subjects] = childrenNamed(root, "Subject");
  const [conditions, ...others] = childrenNamed(root, "Conditions");
  if (root.name !== "Assertion" || root.attributes["Version"] !== "2.0" || id === "") return undefined;
  if (!subject || !conditions || subjects.length > 0 || others.length > 0) return undefined;
  if (onlyText(root, "Issuer") !== expected.issuer || !isForUs(conditions, expected.audience)) return undefined;

  const hasStarted = (element: Xml, attribute: string): boolean => timeOf(element, attribute, now) <= now + leeway;
  const isRunning = (element: Xml, attribute: string): boolean => now < timeOf(element, attribute, Number.POSITIVE_INFINITY) + leeway;
  const sessions = childrenNamed(root, "AuthnStatement");
  const isCurrent = "IssueInstant" in root.attributes && hasStarted(root, "IssueInstant") && hasStarted(conditions, "NotBefore");
  if (!isCurrent || !isRunning(conditions, "NotOnOrAfter")) return undefined;
  if (!sessions.every((session) => isRunning(session, "SessionNotOnOrAfter"))) return undefined;

  const bearers = childrenNamed(subject, "SubjectConfirmation").filter((one) => one.attributes["Method"] === BEARER);
  const data = bearers.map((one) => childrenNamed(one, "SubjectConfirmationData"));
  if (data.some((all) => all.length !== 1)) return undefined;
  const confirmations = data.flat();
  if (confirmations.some((one) => [timeOf(one, "NotBefore", now), timeOf(one, "NotOnOrAfter", now)].some(Number.isNaN))) return undefined;
  const confirmed = confirmations.filter(
    (one) =>
      "NotOnOrAfter" in one.attributes &&
      hasStarted(one, "NotBefore") &&
      isRunning(one, "NotOnOrAfter") &&
      (expected.recipient === undefined || one.attributes["Recipient"] === expected.recipient),
  );
  const caller = onlyText(subject, "NameID") ?? "";
  const attributes = attributeJson(root, claims);
  if (confirmed.length === 0 || caller === "" || [...caller].length > 256 || !attributes) return undefined;
  const verified = callerOf(name, caller, claims, attributes);
  const ends = [timeOf(conditions, "NotOnOrAfter", Infinity), ...sessions.map((one) => timeOf(one, "SessionNotOnOrAfter", Infinity))];
  const until = Math.min(...ends, Math.max(...confirmed.map((one) => timeOf(one, "NotOnOrAfter", now)))) + leeway;
  return verified && { verified, id, until };
}

const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

function onlyText(element: Xml, name: string): string | undefined {
  const [one, ...more] = childrenNamed(element, name);
  return one && more.length === 0 ? textOf(one) : undefined;
}

/** All restrictions must name us; what else restricts is not understood, but for two that do not concern a gateway. */
function isForUs(conditions: Xml, audience: readonly string[]): boolean {
  const known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"].flatMap((name) => childrenNamed(conditions, name));
  const restrictions = childrenNamed(conditions, "AudienceRestriction");
  const named = restrictions.map((restriction) => childrenNamed(restriction, "Audience").map(textOf));
  if (known.length !== children(conditions).length || named.flat().includes(undefined)) return false;
  return named.length > 0 && named.every((names) => names.some((one) => one !== undefined && audience.includes(one)));
}

/** Milliseconds; NaN, which no comparison holds for, where it is none. */
function timeOf(element: Xml, attribute: string, without: number): number {
  const text = element.attributes[attribute];
  if (text === undefined) return without;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
}
