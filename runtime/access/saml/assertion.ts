/**
 * What a SAML 2.0 assertion says, taken apart (SAML Core 2.0 section 2; RFC 7522 section 3). Promises: what restricts it and is not understood
 * refuses it. Knows neither signatures nor times that pass.
 */
import { readCanonicalXml, type XmlElement } from "./canonical-xml.ts";

export type Assertion = {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  /** Milliseconds: not before the latest of these, and before all of these ends. Of confirmations one must hold. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Each of these restrictions must name us. Not empty. */
  readonly audiences: readonly (readonly string[])[];
  readonly confirmations: readonly Confirmation[];
  readonly attributes: ReadonlyMap<string, readonly string[]>;
};
export type Confirmation = { readonly start: number | undefined; readonly end: number; readonly recipient: string | undefined };

const namespace = "urn:oasis:names:tc:SAML:2.0:assertion";
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z$/;

class Unfit extends Error {}

/** `canonical`: of the signed element. Undefined where it is no assertion that can be taken. */
export function readAssertion(canonical: string): Assertion | undefined {
  const root = readCanonicalXml(canonical);
  try {
    return root === undefined ? undefined : readRoot(root);
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

function readRoot(root: XmlElement): Assertion {
  if (root.name !== "Assertion" || root.namespace !== namespace || root.attributes.get("Version") !== "2.0") throw new Unfit();
  const subject = one(root, "Subject");
  const conditions = one(root, "Conditions");
  const issued = time(root, "IssueInstant");
  const sessions = all(root, "AuthnStatement").flatMap((statement) => optionalTime(statement, "SessionNotOnOrAfter") ?? []);
  const [start, end] = [optionalTime(conditions, "NotBefore"), optionalTime(conditions, "NotOnOrAfter")];
  return {
    id: attribute(root, "ID"),
    issuer: leaf(one(root, "Issuer")),
    subject: leaf(one(subject, "NameID")),
    starts: [issued, ...(start === undefined ? [] : [start])],
    ends: [...(end === undefined ? [] : [end]), ...sessions],
    audiences: readAudiences(conditions),
    confirmations: all(subject, "SubjectConfirmation").flatMap(readConfirmation),
    attributes: readAttributes(root),
  };
}

/** A condition that is not known may be what the issuer cares for most. */
function readAudiences(conditions: XmlElement): readonly (readonly string[])[] {
  const known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
  if (conditions.children.some((child) => child.namespace !== namespace || !known.includes(child.name))) throw new Unfit();
  const restrictions = all(conditions, "AudienceRestriction").map((restriction) => all(restriction, "Audience").map(leaf));
  if (restrictions.length === 0) throw new Unfit();
  return restrictions;
}

function readConfirmation(confirmation: XmlElement): readonly Confirmation[] {
  if (confirmation.attributes.get("Method") !== bearer) return [];
  const data = one(confirmation, "SubjectConfirmationData");
  const [start, end] = [optionalTime(data, "NotBefore"), optionalTime(data, "NotOnOrAfter")];
  return end === undefined ? [] : [{ start, end, recipient: data.attributes.get("Recipient") }];
}

/** One name twice is two readings of one attribute. */
function readAttributes(root: XmlElement): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>();
  for (const entry of all(root, "AttributeStatement").flatMap((statement) => all(statement, "Attribute"))) {
    const name = attribute(entry, "Name");
    if (attributes.has(name)) throw new Unfit();
    attributes.set(name, all(entry, "AttributeValue").map(leaf));
  }
  return attributes;
}

function all({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name && child.namespace === namespace);
}

function one(element: XmlElement, name: string): XmlElement {
  const [found, another] = all(element, name);
  if (found === undefined || another !== undefined) throw new Unfit();
  return found;
}

function attribute({ attributes }: XmlElement, name: string): string {
  const value = attributes.get(name) ?? "";
  if (value === "") throw new Unfit();
  return value;
}

/** Text and nothing else, to the letter. */
function leaf({ children, text }: XmlElement): string {
  if (children.length > 0) throw new Unfit();
  return text;
}

function time(element: XmlElement, name: string): number {
  const text = attribute(element, name);
  const milliseconds = instant.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new Unfit();
  return milliseconds;
}

function optionalTime(element: XmlElement, name: string): number | undefined {
  return element.attributes.has(name) ? time(element, name) : undefined;
}
