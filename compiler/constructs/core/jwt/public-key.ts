/** One key of a key set, member by member (RFC 7517, RFC 7518 section 6, RFC 8037). Promises: pure; knows no files. */

export type PublicKey = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is PublicKey {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textMember(key: PublicKey, name: string): string | undefined {
  const value = key[name];
  return typeof value === "string" ? value : undefined;
}

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** Members that only a private or shared key has. */
export function privateMembers(key: PublicKey): readonly string[] {
  return PRIVATE_MEMBERS.filter((member) => key[member] !== undefined);
}

/** Bytes of a coordinate on each curve. */
const CURVES: ReadonlyMap<string, { readonly kty: string; readonly size: number }> = new Map([
  ["P-256", { kty: "EC", size: 32 }],
  ["P-384", { kty: "EC", size: 48 }],
  ["P-521", { kty: "EC", size: 66 }],
  ["Ed25519", { kty: "OKP", size: 32 }],
]);

/** Why the key cannot verify a signature, as a clause; undefined where it can. */
export function keyProblem(key: PublicKey): string | undefined {
  for (const name of ["kid", "use", "alg"]) {
    if (key[name] !== undefined && typeof key[name] !== "string") return `its \`${name}\` is not a text`;
  }
  switch (key["kty"]) {
    case "RSA":
      return rsaProblem(key);
    case "EC":
    case "OKP":
      return curveProblem(key, key["kty"]);
    default:
      return "its `kty` is none of `RSA`, `EC`, `OKP`";
  }
}

function rsaProblem(key: PublicKey): string | undefined {
  const modulus = bytesOf(key["n"]);
  const exponent = bytesOf(key["e"]);
  if (modulus === undefined || exponent === undefined) return "`n` and `e` are not both base64url";
  const bits = bitsOf(modulus);
  if (bits < 2048) return `its modulus has ${bits} bits, and 2048 are the least`;
  return (exponent.at(-1) ?? 0) % 2 === 1 && bitsOf(exponent) > 1 ? undefined : "its exponent `e` is not an odd number above 1";
}

function curveProblem(key: PublicKey, kty: "EC" | "OKP"): string | undefined {
  const curve = CURVES.get(textMember(key, "crv") ?? "");
  if (curve === undefined || curve.kty !== kty) {
    const known = [...CURVES].flatMap(([name, other]) => (other.kty === kty ? [`\`${name}\``] : []));
    return `its curve is not ${known.join(", ")}`;
  }
  for (const name of kty === "EC" ? ["x", "y"] : ["x"]) {
    if (bytesOf(key[name])?.length !== curve.size) return `its \`${name}\` is not ${curve.size} bytes in base64url`;
  }
  return undefined;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== "string" || !/^[A-Za-z0-9_-]+$/.test(value) || value.length % 4 === 1) return undefined;
  const binary = atob(value.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function bitsOf(bytes: Uint8Array): number {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start === -1 ? 0 : (bytes.length - start - 1) * 8 + (32 - Math.clz32(bytes[start] ?? 0));
}
