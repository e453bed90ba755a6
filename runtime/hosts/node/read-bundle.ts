/** The files beside a server, checked before anything of them is used. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** `artefact`: SHA-256 of the manifest, which names all other files by theirs. `sites`: `file:line` of each site. */
export type ReadBundle =
  | { readonly ok: true; readonly artefact: string; readonly tables: Uint8Array; readonly sites: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** The tables must be the bytes whose SHA-256 the manifest names. */
export function readBundle(tables: URL, manifest: URL): ReadBundle {
  const bytes = readOr(tables);
  const text = readOr(manifest);
  if (bytes === undefined) return broken(`${nameOf(tables)} cannot be read`);
  if (text === undefined) return broken(`${nameOf(manifest)} cannot be read`);
  const read = parse(text.toString("utf8"));
  if (read === undefined) return broken(`${nameOf(manifest)} is not the manifest of a gateway`);
  const found = sha256(bytes);
  if (read.files[nameOf(tables)] !== found)
    return broken(`${nameOf(tables)} is not the file that ${nameOf(manifest)} names: its SHA-256 differs`);
  return { ok: true, artefact: sha256(text), tables: bytes, sites: read.sites };
}

function sha256(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}

function broken(what: string): ReadBundle {
  return { ok: false, problem: `the bundle is broken: ${what}; build the gateway again` };
}

function nameOf(file: URL): string {
  return basename(fileURLToPath(file));
}

function readOr(file: URL): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

type ManifestParts = { readonly files: Readonly<Record<string, unknown>>; readonly sites: readonly string[] };

/** Only what a host reads of it. */
function parse(text: string): ManifestParts | undefined {
  try {
    const manifest: unknown = JSON.parse(text);
    if (!isObject(manifest) || manifest["format"] !== 1 || !isObject(manifest["files"]) || !Array.isArray(manifest["sites"]))
      return undefined;
    const sites: readonly unknown[] = manifest["sites"];
    return { files: manifest["files"], sites: sites.map((site) => (typeof site === "string" ? site : "")) };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
