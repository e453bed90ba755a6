/** Whether a certificate's key and signature are worth anything: RSA of 2048 bits, elliptic curves of 256, and SHA-256 (as AWS asks of clients). */
import { hex } from "../hex.ts";
import { bodyOf, type Element, elements, inside, tags } from "./der.ts";

const rsa = "2a864886f70d010101";
const ellipticKey = "2a8648ce3d0201";
const ed25519 = "2b6570";
const curves: ReadonlySet<string> = new Set(["2a8648ce3d030107", "2b81040022", "2b81040023"]);
const leastRsaBits = 2048;

/** RSA and ECDSA with SHA-256, SHA-384, SHA-512; Ed25519. */
const signatures: ReadonlySet<string> = new Set([
  "2a864886f70d01010b",
  "2a864886f70d01010c",
  "2a864886f70d01010d",
  "2a8648ce3d040302",
  "2a8648ce3d040303",
  "2a8648ce3d040304",
  ed25519,
]);
const rsaPss = "2a864886f70d01010a";
const hashes: ReadonlySet<string> = new Set(["608648016503040201", "608648016503040202", "608648016503040203"]);

/** `key`: SubjectPublicKeyInfo. */
export function isStrongKey(key: Element | undefined): boolean {
  const [algorithm, bits] = inside(key, tags.sequence) ?? [];
  const [name, parameters] = inside(algorithm, tags.sequence) ?? [];
  switch (oidOf(name)) {
    case rsa: {
      const [numbers] = elements(bodyOf(bits, tags.bitString)?.subarray(1) ?? new Uint8Array()) ?? [];
      const modulus = bodyOf((inside(numbers, tags.sequence) ?? [])[0], tags.integer);
      return modulus !== undefined && bitsOf(modulus) >= leastRsaBits;
    }
    case ellipticKey:
      return curves.has(oidOf(parameters));
    default:
      return oidOf(name) === ed25519;
  }
}

/** `algorithm`: AlgorithmIdentifier. */
export function isStrongSignature(algorithm: Element | undefined): boolean {
  const [name, parameters] = inside(algorithm, tags.sequence) ?? [];
  if (oidOf(name) !== rsaPss) return signatures.has(oidOf(name));
  const hash = (inside(parameters, tags.sequence) ?? []).find(({ tag }) => tag === 0xa0);
  // Without one it is SHA-1 (RFC 4055 section 3.1).
  const [hashName] = hash === undefined ? [] : (inside(elements(hash.body)?.[0], tags.sequence) ?? []);
  return hashes.has(oidOf(hashName));
}

function oidOf(element: Element | undefined): string {
  return hex(bodyOf(element, tags.oid) ?? new Uint8Array());
}

function bitsOf(integer: Uint8Array): number {
  const first = integer.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (integer.length - first) * 8 - Math.clz32(integer[first] ?? 0) + 24;
}
