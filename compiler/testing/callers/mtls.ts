/**
 * Certificates for tests: made for the question, in DER, and signed by nobody. A real one comes only through TLS, which verifies it; what a test
 * says is verified is verified, as with forged tokens.
 */
import type { MtlsIdentity } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";

type Claims = Readonly<Record<string, Value>>;
const day = 86_400_000;

export function forgedCertificate(identity: MtlsIdentity, claims: Claims, now: number): Uint8Array {
  const parts = partsOf(identity, claims);
  const extensions = [extension("551d25", sequence(oid("2b06010505070302")))];
  const names = Object.entries(NAME_TAGS).flatMap(([part, tag]) =>
    (parts.get(part) ?? []).map((text) => der(tag, part === "san.ip" ? addressBytes(text) : utf8(text))),
  );
  if (names.length > 0) extensions.push(extension("551d11", sequence(...names)));
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const key = sequence(sequence(oid("2a8648ce3d0201"), oid("2a8648ce3d030107")), der(0x03, [0, 4]));
  const validity = sequence(time(now - day), time(now + day));
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, hexBytes(parts.get("serial")?.[0] ?? "01")),
    algorithm,
    name("issuer", parts),
    validity,
    name("subject", parts),
    key,
    der(0xa3, sequence(...extensions)),
  );
  return Uint8Array.from(sequence(body, algorithm, der(0x03, [0])));
}

type Parts = ReadonlyMap<string, readonly string[]>;

/** What a part says that is `principal.id` is told by `id`, unless a field tells it. */
function partsOf({ claims: declared, part, subject }: MtlsIdentity, claims: Claims): Parts {
  const parts = new Map<string, readonly string[]>();
  const { [subject]: id = "test" } = claims;
  parts.set(part, [String(id)]);
  for (const { claim, name: known } of declared) {
    const value = claims[known];
    if (value !== undefined) parts.set(claim, Array.isArray(value) ? value.map(String) : [String(value)]);
  }
  return parts;
}

const ATTRIBUTES = { CN: "550403", O: "55040a", OU: "55040b", C: "550406", L: "550407", ST: "550408", serialNumber: "550405" } as const;
const NAME_TAGS = { "san.email": 0x81, "san.dns": 0x82, "san.uri": 0x86, "san.ip": 0x87 } as const;

function name(whose: string, parts: Parts): readonly number[] {
  return sequence(
    ...Object.entries(ATTRIBUTES).flatMap(([attribute, identifier]) =>
      (parts.get(`${whose}.${attribute}`) ?? []).map((text) => der(0x31, sequence(oid(identifier), der(0x0c, utf8(text))))),
    ),
  );
}

function extension(identifier: string, value: readonly number[]): readonly number[] {
  return sequence(oid(identifier), der(0x04, value));
}

function time(at: number): readonly number[] {
  return der(0x18, utf8(new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, "")));
}

function oid(hex: string): readonly number[] {
  return der(0x06, hexBytes(hex));
}

function sequence(...parts: readonly (readonly number[])[]): readonly number[] {
  return der(0x30, parts.flat());
}

function der(tag: number, body: readonly number[]): readonly number[] {
  const { length } = body;
  const digits =
    length < 256 ? [length] : length < 65_536 ? [length >> 8, length & 255] : [length >> 16, (length >> 8) & 255, length & 255];
  return [tag, ...(length < 128 ? [length] : [0x80 + digits.length, ...digits]), ...body];
}

function hexBytes(hex: string): readonly number[] {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return (even.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16) & 255);
}

function utf8(text: string): readonly number[] {
  return [...new TextEncoder().encode(text)];
}

/** IPv4, or IPv6 in any of its texts. */
function addressBytes(text: string): readonly number[] {
  if (!text.includes(":")) return text.split(".").map(Number);
  const [left = "", right] = text.split("::");
  const words = (part: string | undefined): readonly string[] => (part === undefined || part === "" ? [] : part.split(":"));
  const zeros = Array.from({ length: right === undefined ? 0 : 8 - words(left).length - words(right).length }, () => "0");
  return [...words(left), ...zeros, ...words(right)].flatMap((word) => hexBytes(word.padStart(4, "0")));
}
