/**
 * A started `mtls` identity: the certificate that the caller has shown at one entry, whose truststore vouches for it (D175). TLS has verified the
 * signatures; validity is asked again at each request, since connections outlive certificates.
 */
import type { MtlsData } from "../../contract/identity-data.ts";
import type { ValueType } from "../../contract/value-type.ts";
import type { Verification } from "../../contract/verification.ts";
import type { RunningIdentity } from "../../kernel/running-identity.ts";
import { readClaims } from "../claims.ts";
import { type Certificate, readCertificate } from "./certificate.ts";

const longestId = 256;

export function mtlsIdentity({ name, entry, id, claims }: MtlsData): RunningIdentity {
  /** Of each certificate's bytes what they say: one connection brings the same object with every request. */
  const known = new WeakMap<Uint8Array, Certificate | "none">();
  const certificateOf = (der: Uint8Array): Certificate | undefined => {
    const found = known.get(der) ?? readCertificate(der) ?? "none";
    known.set(der, found);
    return found === "none" ? undefined : found;
  };
  return {
    verify: ({ now }, request) => {
      const [der] = request.certificate?.chain ?? [];
      if (der === undefined || request.entry?.listener !== entry) return absent;
      const certificate = certificateOf(der);
      if (certificate === undefined) return refused("the certificate is not one that is accepted");
      if (now < certificate.from || now > certificate.until) return refused("the certificate is not valid now");
      const who = only(partOf(certificate, id));
      if (typeof who !== "string" || who === "" || [...who].length > longestId) return refused(`the certificate has not one \`${id}\``);
      const members = membersOf(certificate, claims);
      if (members === undefined) return refused("a field of the certificate cannot be read");
      const read = readClaims(claims, members);
      return typeof read === "string" ? refused(read) : { ok: true, principal: { identity: name, id: who, claims: read } };
    },
    challenge: () => "ClientCertificate",
  };
}

/** `subject.CN`, `issuer.O`, `san.dns`, `serial`. */
function partOf({ serial, subject, issuer, names }: Certificate, part: string): readonly (string | null)[] {
  if (part === "serial") return [serial];
  const [group = "", member = ""] = part.split(".");
  const values: Readonly<Record<string, readonly (string | null)[]>> = group === "subject" ? subject : group === "issuer" ? issuer : names;
  return Object.hasOwn(values, member) ? (values[member] ?? []) : [];
}

/** Null: several, or one that cannot be read. */
function only(values: readonly (string | null)[]): string | null | undefined {
  return values.length > 1 ? null : values[0];
}

/** Undefined: a field is there in a way that its type cannot tell. */
function membersOf(certificate: Certificate, claims: MtlsData["claims"]): Readonly<Record<string, unknown>> | undefined {
  const members: Record<string, unknown> = {};
  for (const { claim, type } of claims) {
    const values = partOf(certificate, claim);
    const value = isCollection(type) ? values : only(values);
    if (value === null || (Array.isArray(value) && value.includes(null))) return undefined;
    if (value !== undefined) members[claim] = value;
  }
  return members;
}

function isCollection(type: ValueType): boolean {
  if (type.kind === "optional") return isCollection(type.type);
  return type.kind === "newtype" ? isCollection(type.base) : type.kind === "set" || type.kind === "list";
}

const absent: Verification = { ok: false, cause: "absent", why: "no certificate" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
