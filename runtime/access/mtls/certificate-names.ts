/** Whom a certificate names: distinguished names (RFC 5280 section 4.1.2.4) and alternative ones (section 4.2.1.6). Texts that could be read in two ways are null. */
import { addressText, parseAddress } from "../../kernel/ip.ts";
import { hex } from "../hex.ts";
import { bodyOf, type Element, elements, inside, tags } from "./der.ts";

/** Values by the short name of their attribute, in their order. */
export type Names = Readonly<Record<string, readonly (string | null)[]>>;
export type SubjectNames = Readonly<Record<"dns" | "uri" | "email" | "ip", readonly (string | null)[]>>;

const attributes: ReadonlyMap<string, string> = new Map([
  ["550403", "CN"],
  ["550405", "serialNumber"],
  ["550406", "C"],
  ["550407", "L"],
  ["550408", "ST"],
  ["55040a", "O"],
  ["55040b", "OU"],
]);

/** Undefined: not a name. Attributes without a short name here are passed over. */
export function readNames(name: Element | undefined): Names | undefined {
  const found: Record<string, (string | null)[]> = {};
  const sets = inside(name, tags.sequence);
  const pairs = sets?.flatMap((set): readonly (Element | undefined)[] => inside(set, tags.set) ?? [undefined]);
  for (const pair of pairs ?? []) {
    const [oid, value, ...rest] = inside(pair, tags.sequence) ?? [];
    if (oid?.tag !== tags.oid || value === undefined || rest.length > 0) return undefined;
    const attribute = attributes.get(hex(oid.body));
    if (attribute !== undefined) (found[attribute] ??= []).push(textOf(value));
  }
  return sets && found;
}

/** Without the extension there are none. */
export function readSubjectNames(extension: Element | "absent"): SubjectNames | undefined {
  const found: Record<keyof SubjectNames, (string | null)[]> = { dns: [], uri: [], email: [], ip: [] };
  const names = extension === "absent" ? [] : elements(extension.body);
  for (const { tag, body } of names ?? []) {
    if (tag === 0x81) found.email.push(asciiOf(body));
    else if (tag === 0x82) found.dns.push(asciiOf(body)?.toLowerCase() ?? null);
    else if (tag === 0x86) found.uri.push(asciiOf(body));
    else if (tag === 0x87) found.ip.push(addressOf(body));
  }
  return names && found;
}

function textOf(value: Element): string | null {
  const bytes = bodyOf(value, tags.printable) ?? bodyOf(value, tags.ia5);
  if (bytes !== undefined) return asciiOf(bytes);
  return value.tag === tags.utf8 ? utf8Of(value.body) : null;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8Of(bytes: Uint8Array): string | null {
  try {
    const text = decoder.decode(bytes);
    return /[\p{Cc}]/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

function asciiOf(bytes: Uint8Array): string | null {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(...bytes) : null;
}

function addressOf(bytes: Uint8Array): string | null {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16));
  const address = parseAddress(bytes.length === 4 ? bytes.join(".") : bytes.length === 16 ? groups.join(":") : "");
  return address === undefined ? null : addressText(address);
}
