/**
 * A client's certificate (RFC 5280) taken apart by its structure, never by a text that somebody made of it (CVE-2021-44532). Promises: undefined
 * for all that is not one, of version 3, for an end entity, with a key and signature that are strong enough. Who signed it is not asked here.
 */
import { hex } from "../hex.ts";
import { bodyOf, type Element, elements, inside, single, tags } from "./der.ts";
import { isStrongKey, isStrongSignature } from "./certificate-strength.ts";
import { readNames, readSubjectNames, type Names, type SubjectNames } from "./certificate-names.ts";

export type Certificate = {
  /** Lower-case hex without leading zeros. */
  readonly serial: string;
  readonly issuer: Names;
  readonly subject: Names;
  /** Milliseconds since 1970; both inside. */
  readonly from: number;
  readonly until: number;
  readonly names: SubjectNames;
};

const oids = {
  basicConstraints: "551d13",
  keyUsage: "551d0f",
  extendedKeyUsage: "551d25",
  subjectNames: "551d11",
  policies: "551d20",
} as const;
const clientAuth = "2b06010505070302";
/** Of a key usage: the first bit. */
const digitalSignature = 0x80;

export function readCertificate(der: Uint8Array): Certificate | undefined {
  const [body, signature] = inside(single(der, tags.sequence), tags.sequence) ?? [];
  if (!isStrongSignature(signature)) return undefined;
  const fields = inside(body, tags.sequence);
  if (fields === undefined || hex(bodyOf(fields[0], 0xa0) ?? new Uint8Array()) !== "020102") return undefined;
  const [, serial, , issuer, validity, subject, key, ...optional] = fields;
  const number = bodyOf(serial, tags.integer);
  const [from, until] = (inside(validity, tags.sequence) ?? []).map(timeOf);
  const [issuerNames, subjectNames] = [readNames(issuer), readNames(subject)];
  const extensions = readExtensions(optional.find(({ tag }) => tag === 0xa3));
  if (number === undefined || from === undefined || until === undefined || issuerNames === undefined || subjectNames === undefined)
    return undefined;
  if (!isStrongKey(key) || extensions === undefined || !isForClients(extensions)) return undefined;
  const alternatives = extensionOf(extensions, oids.subjectNames, tags.sequence);
  const names = alternatives && readSubjectNames(alternatives);
  return names && { serial: hex(number).replace(/^0+(?=.)/, ""), issuer: issuerNames, subject: subjectNames, from, until, names };
}

type Extensions = ReadonlyMap<string, Uint8Array>;

/** By object identifier; none twice, none critical that is not known here. */
function readExtensions(tagged: Element | undefined): Extensions | undefined {
  const list = tagged === undefined ? [] : inside(elements(tagged.body)?.[0], tags.sequence);
  const found = new Map<string, Uint8Array>();
  for (const one of list ?? []) {
    const [oid, ...parts] = inside(one, tags.sequence) ?? [];
    const isCritical = parts[0]?.tag === tags.boolean;
    const value = bodyOf(parts[isCritical ? 1 : 0], tags.octetString);
    const name = hex(bodyOf(oid, tags.oid) ?? new Uint8Array());
    if (value === undefined || name === "" || found.has(name)) return undefined;
    if (isCritical && !Object.values<string>(oids).includes(name)) return undefined;
    found.set(name, value);
  }
  return list && found;
}

/** What says what it is for says that; and it is no authority's. */
function isForClients(extensions: Extensions): boolean {
  const constraints = extensionOf(extensions, oids.basicConstraints, tags.sequence);
  const usage = extensionOf(extensions, oids.keyUsage, tags.bitString);
  const purposes = extensionOf(extensions, oids.extendedKeyUsage, tags.sequence);
  if (constraints === undefined || usage === undefined || purposes === undefined) return false;
  const [isAuthority] = constraints === "absent" ? [] : (elements(constraints.body) ?? []);
  if (isAuthority?.tag === tags.boolean && isAuthority.body[0] !== 0) return false;
  if (usage !== "absent" && ((usage.body[1] ?? 0) & digitalSignature) === 0) return false;
  if (purposes === "absent") return true;
  return (elements(purposes.body) ?? []).some((one) => hex(bodyOf(one, tags.oid) ?? new Uint8Array()) === clientAuth);
}

/** Undefined: it is there, and not what it should be. */
function extensionOf(extensions: Extensions, oid: string, tag: number): Element | "absent" | undefined {
  const value = extensions.get(oid);
  return value === undefined ? "absent" : single(value, tag);
}

/** RFC 5280 section 4.1.2.5: whole seconds, UTC. */
function timeOf({ tag, body }: Element): number | undefined {
  const text = String.fromCharCode(...body);
  const parts =
    tag === tags.utcTime ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null || (tag !== tags.utcTime && tag !== tags.generalizedTime)) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const full = tag === tags.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  const time = Date.UTC(full, month - 1, day, hour, minute, second);
  return new Date(time).getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60 ? time : undefined;
}
