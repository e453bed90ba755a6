/** What a client's certificate says (RFC 5280), and whether it is one for clients with a key and signature that count (D175). */
import { addressText, parseAddress } from "./address.ts";
import { type Der, dotted, parseDer } from "./der.ts";

/** Each part by its name, such as `subject.CN`: null stands for a value that cannot be read. */
export type Parts = Readonly<Record<string, readonly (string | null)[]>>;
export type Read = { readonly from: number; readonly until: number; readonly parts: Parts };

const ATTRIBUTES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
};
const EXTENSIONS = ["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.17", "2.5.29.32"];
const CURVES = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];
const SIGNATURES = ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13"]
  .concat(["1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4"])
  .concat("1.3.101.112");
const HASHES = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

export function readCertificate(der: Uint8Array): Read | undefined {
  const whole = parseDer([...der]);
  const [body, signature] = whole?.tag === 0x30 ? whole.parts : [];
  const [version, serial, , issuer, validity, subject, key, ...more] = body?.tag === 0x30 ? body.parts : [];
  const [from, until] = (validity?.parts ?? []).map(timeOf);
  const extensions = extensionsOf(more.find(({ tag }) => tag === 0xa3));
  const names = [namesOf("issuer", issuer), namesOf("subject", subject), alternativesOf(extensions?.["2.5.29.17"])];
  const isThree = version?.tag === 0xa0 && version.bytes.join() === "2,1,2";
  if (!isThree || serial?.tag !== 2 || from === undefined || until === undefined || extensions === undefined) return undefined;
  if (!isStrong(signature) || !isKey(key) || !isForClients(extensions)) return undefined;
  const [a, b, c] = names;
  const number = serial.bytes
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^0+(?=.)/, "");
  return a && b && c && { from, until, parts: { ...a, ...b, ...c, serial: [number] } };
}

/** By dotted identifier. */
type Extensions = Readonly<Record<string, Der | "broken" | undefined>>;

function extensionsOf(tagged: Der | undefined): Extensions | undefined {
  const list = tagged?.parts[0]?.parts ?? [];
  if (tagged && tagged.parts[0]?.tag !== 0x30) return undefined;
  const found: Record<string, Der | "broken"> = {};
  for (const { parts } of list) {
    const name = dotted(parts[0]);
    const isCritical = parts[1]?.tag === 1;
    const value = parts[isCritical ? 2 : 1];
    if (name === "" || name in found || value?.tag !== 4 || (isCritical && !EXTENSIONS.includes(name))) return undefined;
    found[name] = parseDer(value.bytes) ?? "broken";
  }
  return found;
}

function isForClients(extensions: Extensions): boolean {
  const { "2.5.29.19": constraints, "2.5.29.15": usage, "2.5.29.37": purposes, "2.5.29.17": names } = extensions;
  const expected = [
    [constraints, 0x30],
    [usage, 0x03],
    [purposes, 0x30],
    [names, 0x30],
  ] as const;
  if (expected.some(([value, tag]) => value !== undefined && value !== "broken" && value.tag !== tag)) return false;
  if (constraints === "broken" || usage === "broken" || purposes === "broken" || names === "broken") return false;
  const authority = constraints?.parts[0];
  if (authority?.tag === 1 && authority.bytes[0] !== 0) return false;
  if (usage && (usage.bytes[1] ?? 0) < 128) return false;
  return purposes === undefined || purposes.parts.some((one) => dotted(one) === "1.3.6.1.5.5.7.3.2");
}

function isKey(key: Der | undefined): boolean {
  const [algorithm, bits] = key?.tag === 0x30 ? key.parts : [];
  const [name, curve] = algorithm?.tag === 0x30 ? algorithm.parts : [];
  if (dotted(name) === "1.2.840.10045.2.1") return CURVES.includes(dotted(curve));
  if (dotted(name) === "1.3.101.112") return true;
  const numbers = dotted(name) === "1.2.840.113549.1.1.1" && bits?.tag === 3 ? parseDer(bits.bytes.slice(1)) : undefined;
  const modulus = numbers?.tag === 0x30 && numbers.parts[0]?.tag === 2 ? numbers.parts[0].bytes : [];
  return (
    modulus
      .map((byte) => byte.toString(2).padStart(8, "0"))
      .join("")
      .replace(/^0+/, "").length >= 2048
  );
}

function isStrong(algorithm: Der | undefined): boolean {
  const [name, parameters] = algorithm?.tag === 0x30 ? algorithm.parts : [];
  if (dotted(name) !== "1.2.840.113549.1.1.10") return SIGNATURES.includes(dotted(name));
  const hash = parameters?.tag === 0x30 ? parameters.parts.find(({ tag }) => tag === 0xa0) : undefined;
  return hash?.parts[0]?.tag === 0x30 && HASHES.includes(dotted(hash.parts[0].parts[0]));
}

function namesOf(whose: string, name: Der | undefined): Parts | undefined {
  if (name?.tag !== 0x30 || name.parts.some(({ tag }) => tag !== 0x31)) return undefined;
  const found: Record<string, (string | null)[]> = {};
  for (const pair of name.parts.flatMap(({ parts }) => parts)) {
    const [attribute, value] = pair.parts;
    if (pair.tag !== 0x30 || pair.parts.length !== 2 || attribute?.tag !== 6 || value === undefined) return undefined;
    const short = ATTRIBUTES[dotted(attribute)];
    if (short !== undefined) (found[`${whose}.${short}`] ??= []).push(textOf(value));
  }
  return found;
}

function textOf({ tag, bytes }: Der): string | null {
  if (tag === 0x13 || tag === 0x16) return asciiOf(bytes);
  if (tag !== 0x0c) return null;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  const isUtf8 = new TextEncoder().encode(text).join() === bytes.join();
  return isUtf8 && [...text].every((one) => one >= " " && !(one >= "\x7f" && one <= "\x9f")) ? text : null;
}

function asciiOf(bytes: readonly number[]): string | null {
  return bytes.every((byte) => byte >= 32 && byte <= 126) ? bytes.map((byte) => String.fromCharCode(byte)).join("") : null;
}

/** GeneralNames: 1 is an e-mail address, 2 a DNS name, 6 a URI, 7 an address. */
function alternativesOf(extension: Der | "broken" | undefined): Parts | undefined {
  if (extension === "broken") return undefined;
  const all = extension?.parts ?? [];
  const texts = (tag: number): readonly (string | null)[] => all.filter((one) => one.tag === tag).map(({ bytes }) => asciiOf(bytes));
  return {
    "san.email": texts(0x81),
    "san.dns": texts(0x82).map((name) => name && name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())),
    "san.uri": texts(0x86),
    "san.ip": all.filter(({ tag }) => tag === 0x87).map(({ bytes }) => ipOf(bytes)),
  };
}

function ipOf(bytes: readonly number[]): string | null {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = bytes.length === 4 ? bytes.join(".") : bytes.length === 16 ? (hex.match(/.{4}/g) ?? []).join(":") : "";
  const address = parseAddress(text);
  return address ? addressText(address) : null;
}

/** `YYMMDDhhmmssZ` before 2050, `YYYYMMDDhhmmssZ` from then on. */
function timeOf({ tag, bytes }: Der): number | undefined {
  const text = asciiOf(bytes) ?? "";
  if (!(tag === 0x17 && /^[0-9]{12}Z$/.test(text)) && !(tag === 0x18 && /^[0-9]{14}Z$/.test(text))) return undefined;
  const full = tag === 0x18 ? text : `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`;
  const iso = full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6.000Z");
  const time = Date.parse(iso);
  return Number.isNaN(time) || new Date(time).toISOString() !== iso ? undefined : time;
}
