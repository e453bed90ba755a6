/**
 * Bundles that were taken over, each in a folder of its own that nothing changes any more. Promises: what is taken is whole, by the SHA-256 of each file
 * that its manifest names; half of a bundle is never kept; and which one was the last that served is known after a restart.
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** `artefact`: the SHA-256 of the manifest, which names all other files by theirs. */
export type KeptBundle = { readonly artefact: string; readonly folder: string };
export type Taken = { readonly ok: true; readonly bundle: KeptBundle } | { readonly ok: false; readonly problem: string };

export type BundleStore = {
  /** Copies a bundle. One that is here already is not copied again. */
  readonly take: (folder: string) => Taken;
  /** It serves: it is what a restart falls back to. Removes all but it and `others`. */
  readonly keep: (bundle: KeptBundle, others: ReadonlySet<string>) => void;
  /** What was kept last, if it is still whole. */
  readonly lastGood: () => KeptBundle | undefined;
};

const manifestName = "manifest.json";
const currentName = "last-good";
const artefactForm = /^[0-9a-f]{64}$/;

/** Throws where the folder cannot be written. */
export function bundleStore(root: string): BundleStore {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  return {
    take: (folder) => {
      const read = readWhole(folder);
      if (!read.ok) return read;
      const target = join(root, read.artefact);
      const bundle = { artefact: read.artefact, folder: target };
      if (readWhole(target).ok) return { ok: true, bundle };
      const beside = mkdtempSync(join(root, ".new-"));
      try {
        for (const [path, bytes] of read.files) {
          mkdirSync(dirname(join(beside, path)), { recursive: true });
          writeFileSync(join(beside, path), bytes);
        }
        rmSync(target, { recursive: true, force: true });
        renameSync(beside, target);
        return { ok: true, bundle };
      } finally {
        rmSync(beside, { recursive: true, force: true });
      }
    },
    keep: ({ artefact }, others) => {
      const beside = join(root, `.${currentName}`);
      writeFileSync(beside, `${artefact}\n`);
      renameSync(beside, join(root, currentName));
      for (const name of readdirSync(root))
        if (artefactForm.test(name) && name !== artefact && !others.has(name)) rmSync(join(root, name), { recursive: true, force: true });
    },
    lastGood: () => {
      const artefact = readOr(join(root, currentName))?.toString("utf8").trim() ?? "";
      if (!artefactForm.test(artefact)) return undefined;
      const folder = join(root, artefact);
      const read = readWhole(folder);
      return read.ok && read.artefact === artefact ? { artefact, folder } : undefined;
    },
  };
}

type Whole =
  | { readonly ok: true; readonly artefact: string; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly problem: string };

function readWhole(folder: string): Whole {
  const manifest = readOr(join(folder, manifestName));
  if (manifest === undefined) return broken(`${join(folder, manifestName)} cannot be read`);
  const named = filesOf(manifest.toString("utf8"));
  if (named === undefined) return broken(`${manifestName} is not the manifest of a gateway`);
  const files = new Map<string, Uint8Array>([[manifestName, manifest]]);
  for (const [path, hash] of named) {
    const bytes = readOr(join(folder, path));
    if (bytes === undefined) return broken(`${path} cannot be read`);
    if (sha256(bytes) !== hash) return broken(`${path} is not the file that ${manifestName} names: its SHA-256 differs`);
    files.set(path, bytes);
  }
  return { ok: true, artefact: sha256(manifest), files };
}

function broken(what: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: `the bundle is broken: ${what}; build the gateway again` };
}

/** Undefined where it names nothing, or something outside its folder. */
function filesOf(text: string): readonly (readonly [path: string, hash: string])[] | undefined {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== "object" || manifest === null || !("files" in manifest)) return undefined;
    const { files } = manifest;
    if (typeof files !== "object" || files === null || Array.isArray(files)) return undefined;
    const entries = Object.entries(files as Readonly<Record<string, unknown>>);
    const isNamed = ([path, hash]: readonly [string, unknown]): boolean =>
      typeof hash === "string" && path.split("/").every((part) => /^[\w-][\w.-]*$/.test(part));
    return entries.length > 0 && entries.every(isNamed) ? (entries as [string, string][]) : undefined;
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function readOr(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
