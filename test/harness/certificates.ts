/** Real certificates for tests: authorities and what they sign, made on the spot, as PEM files in a folder of their own. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set("default", webcrypto as Parameters<typeof x509.cryptoProvider.set>[1]);

export type Made = {
  readonly name: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly pem: string;
  readonly key: string;
};
export type Wanted = {
  /** Distinguished name, as `CN=device-7,O=Acme`. */
  readonly subject: string;
  readonly by?: Made;
  readonly isAuthority?: boolean;
  readonly key?: "P-256" | "RSA-2048" | "RSA-1024";
  readonly uses?: readonly string[];
  readonly names?: readonly { readonly type: "dns" | "url" | "email" | "ip"; readonly value: string }[];
  readonly from?: Date;
  readonly until?: Date;
  readonly serial?: string;
};

/** Node's keys under the names that the library has for those of browsers. */
type Generated = x509.X509CertificateCreateWithKeyParams;

export const clientAuth = "1.3.6.1.5.5.7.3.2";
export const serverAuth = "1.3.6.1.5.5.7.3.1";

const algorithms = {
  "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "RSA-2048": { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
  "RSA-1024": { name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
} as const;

const day = 86_400_000;
let serials = 1;

export async function certificate(wanted: Wanted): Promise<Made> {
  const { subject, by, isAuthority = false, key = "P-256", uses, names } = wanted;
  const algorithm = algorithms[key];
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
  const extensions: x509.Extension[] = [new x509.BasicConstraintsExtension(isAuthority, undefined, true)];
  if (isAuthority) extensions.push(new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true));
  if (uses !== undefined) extensions.push(new x509.ExtendedKeyUsageExtension([...uses]));
  if (names !== undefined) extensions.push(new x509.SubjectAlternativeNameExtension([...names]));
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: wanted.serial ?? (serials++).toString(16).padStart(4, "0"),
    subject,
    issuer: by?.certificate.subject ?? subject,
    notBefore: wanted.from ?? new Date(Date.now() - day),
    notAfter: wanted.until ?? new Date(Date.now() + 30 * day),
    publicKey: keys.publicKey as unknown as Generated["publicKey"],
    signingKey: (by?.keys.privateKey ?? keys.privateKey) as unknown as Generated["signingKey"],
    signingAlgorithm: by === undefined ? algorithm : { ...by.keys.privateKey.algorithm, hash: "SHA-256" },
    extensions,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const secret = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
  return { name: subject, certificate: made, keys, pem: `${made.toString("pem")}\n`, key: secret };
}

export type Folder = { readonly path: (name: string) => string; readonly write: (name: string, ...parts: readonly string[]) => string };

/** `write` gives the path. */
export function pemFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), "gwl-pem-"));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write: (name, ...parts) => {
      writeFileSync(path(name), parts.join(""));
      return path(name);
    },
  };
}
