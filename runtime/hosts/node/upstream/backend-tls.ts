/**
 * What a backend's TLS connections are made with, as it lies in files and changes there. Promises that what is used fits together: a file that is
 * broken, or a pair that does not match, is never taken over; connections of before are not used again.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, unwatchFile, watchFile } from "node:fs";
import type { BackendTls } from "../../../contract/host-backend.ts";
import type { TlsSettings } from "./http1.ts";

/** Milliseconds between two looks at a file. */
const interval = 1_000;

export type TlsFiles = { readonly settings: () => TlsSettings; readonly close: () => void };

/** Throws where the files cannot be used. */
export function tlsFiles(tls: BackendTls): TlsFiles {
  let settings = read(tls);
  const look = (): void => {
    try {
      const next = read(tls);
      if (JSON.stringify(next) !== JSON.stringify(settings)) settings = next;
    } catch {
      // Half of a pair may be written: what was good serves on.
    }
  };
  const paths = [tls.ca, tls.certificate, tls.key].flatMap((path) => path ?? []);
  for (const path of paths) watchFile(path, { interval, persistent: false }, look);
  return {
    settings: () => settings,
    close: () => {
      for (const path of paths) unwatchFile(path, look);
    },
  };
}

function read({ ca, certificate, key, serverName }: BackendTls): TlsSettings {
  const authorities = ca === undefined ? undefined : (readFileSync(ca, "utf8").match(pem) ?? []);
  if (authorities?.length === 0) throw new Error(`${ca} cannot be used: it has no certificates`);
  for (const one of authorities ?? []) void new X509Certificate(one);
  return {
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
    ...(certificate === undefined || key === undefined ? {} : pair(certificate, key)),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

const pem = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

function pair(certificate: string, key: string): Pick<TlsSettings, "cert" | "key"> {
  const cert = readFileSync(certificate, "utf8");
  const secret = readFileSync(key, "utf8");
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(secret)))
    throw new Error(`${key} cannot be used: it is not the key of ${certificate}`);
  return { cert, key: secret };
}
