/** Assertions for tests, in canonical form. They are not signed: the world of a test takes every document for signed as it stands. */
import type { Configuration } from "../../../runtime/contract/world.ts";
import type { Program, SamlIdentity } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { settingText } from "../setting-text.ts";

const LIFETIME = 300_000;

/** In base64url. `now` in milliseconds since 1970 UTC. */
export function forgedAssertion(
  identity: SamlIdentity,
  claims: Readonly<Record<string, Value>>,
  program: Program,
  configuration: Configuration,
  now: number,
): string {
  const text = (expr: SamlIdentity["issuer"] | undefined): string => (expr === undefined ? "" : settingText(expr, program, configuration));
  const { [identity.subject]: subject = "test", ...fields } = claims;
  const [start, end] = [new Date(now).toISOString(), new Date(now + LIFETIME).toISOString()];
  const recipient = identity.recipient === undefined ? [] : [["Recipient", text(identity.recipient)] as const];
  const attributes = Object.entries(fields).map(([name, value]) => {
    const claim = identity.claims.find((candidate) => candidate.name === name)?.claim ?? name;
    const values = Array.isArray(value) ? (value as readonly Value[]) : [value];
    return element("Attribute", [["Name", claim]], values.map((one) => element("AttributeValue", [], escaped(String(one)))).join(""));
  });
  const confirmation = element("SubjectConfirmationData", [["NotOnOrAfter", end], ...recipient], "");
  const body = [
    element("Issuer", [], escaped(text(identity.issuer))),
    element(
      "Subject",
      [],
      element("NameID", [], escaped(String(subject))) +
        element("SubjectConfirmation", [["Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer"]], confirmation),
    ),
    element(
      "Conditions",
      [["NotOnOrAfter", end]],
      element("AudienceRestriction", [], element("Audience", [], escaped(text(identity.audience[0])))),
    ),
    ...(attributes.length === 0 ? [] : [element("AttributeStatement", [], attributes.join(""))]),
  ].join("");
  const named = [
    ["xmlns", "urn:oasis:names:tc:SAML:2.0:assertion"],
    ["ID", `_${JSON.stringify([identity.name, claims, now]).length}`],
    ["IssueInstant", start],
    ["Version", "2.0"],
  ] as const;
  return base64url(element("Assertion", named, body));
}

function element(name: string, attributes: readonly (readonly [string, string])[], content: string): string {
  return `<${name}${attributes.map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', "&quot;")}"`).join("")}>${content}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#xD;");
}

function base64url(text: string): string {
  const characters = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(characters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
