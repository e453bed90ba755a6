/**
 * Certificates and keys as they lie in files, and as they change there. Promises that what is used fits together: a file that is broken, or a
 * pair that does not match, is never taken over, neither at the start nor later.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { createSecureContext, DEFAULT_CIPHERS, type SecureContextOptions } from "node:tls";
import type { HostListener } from "../../contract/gateway.ts";

export type TlsPaths = NonNullable<HostListener["tls"]> & Partial<NonNullable<HostListener["mtls"]>>;
export type ReadTls =
  | { readonly ok: true; readonly options: SecureContextOptions; readonly version: string }
  | { readonly ok: false; readonly problem: string };

/** Level 2: at least 112 bits of security, so RSA of 2048 bits and no SHA-1 (OpenSSL, SSL_CTX_set_security_level). */
const ciphers = `${DEFAULT_CIPHERS}:@SECLEVEL=2`;

export function readTls({ certificate, key, truststore }: TlsPaths): ReadTls {
  let reading = certificate;
  try {
    const cert = readFileSync(certificate, "utf8");
    const own = new X509Certificate(cert);
    reading = key;
    const secret = readFileSync(key, "utf8");
    if (!own.checkPrivateKey(createPrivateKey(secret))) return broken(key, `it is not the key of ${certificate}`);
    reading = truststore ?? key;
    const ca = truststore === undefined ? undefined : authorities(readFileSync(truststore, "utf8"));
    if (ca?.length === 0) return broken(reading, "it has no certificates");
    if (ca?.some((one) => !new X509Certificate(one).ca)) return broken(reading, "not all of its certificates are of authorities");
    const options: SecureContextOptions = {
      cert,
      key: secret,
      ciphers,
      minVersion: "TLSv1.2",
      ...(ca === undefined ? {} : { ca: [...ca] }),
    };
    createSecureContext(options);
    return { ok: true, options, version: [cert, secret, ...(ca ?? [])].join("\n") };
  } catch (error) {
    return broken(reading, error instanceof Error ? error.message : String(error));
  }
}

function authorities(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
}

function broken(path: string, why: string): ReadTls {
  return { ok: false, problem: `${path} cannot be used: ${why}` };
}

/** Milliseconds between two looks at a file. */
const interval = 1_000;

/** Calls `look` when one of the files may have changed, and on SIGHUP; gives what ends that. */
export function watchTls({ certificate, key, truststore }: TlsPaths, look: () => void): () => void {
  const paths = [certificate, key, ...(truststore === undefined ? [] : [truststore])];
  for (const path of paths) watchFile(path, { interval, persistent: false }, look);
  process.on("SIGHUP", look);
  return () => {
    for (const path of paths) unwatchFile(path, look);
    process.off("SIGHUP", look);
  };
}
