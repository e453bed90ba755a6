import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleStore, type KeptBundle } from "../../../../runtime/hosts/node/supervisor/bundle-store.ts";

let folder = "";
let root = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gwl-store-"));
  root = join(folder, "kept");
});
afterEach(() => rmSync(folder, { recursive: true }));

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A folder with files and a manifest that names them. */
function bundle(name: string, files: Readonly<Record<string, string>>, named = files): string {
  const made = join(folder, name);
  mkdirSync(made, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  const hashes = Object.fromEntries(Object.entries(named).map(([path, text]) => [path, sha256(text)]));
  writeFileSync(join(made, "manifest.json"), JSON.stringify({ files: hashes }));
  return made;
}

function taken(from: string): KeptBundle {
  const read = bundleStore(root).take(from);
  if (!read.ok) throw new Error(read.problem);
  return read.bundle;
}

test("a bundle is copied with all that its manifest names, and nothing else", () => {
  const from = bundle("one", { "worker.js": "code", "deep/er.js": "more" });
  writeFileSync(join(from, "stranger.txt"), "not of the bundle");
  const { artefact, folder: kept } = taken(from);
  expect(artefact).toBe(sha256(readFileSync(join(from, "manifest.json"), "utf8")));
  expect(readdirSync(kept, { recursive: true, encoding: "utf8" }).toSorted()).toEqual(["deep", "deep/er.js", "manifest.json", "worker.js"]);
  rmSync(from, { recursive: true });
  expect(readFileSync(join(kept, "worker.js"), "utf8")).toBe("code");
});

test("what is not whole is refused, and leaves nothing behind", () => {
  const store = bundleStore(root);
  const why = (from: string): unknown => (store.take(from) as { readonly problem?: string }).problem;
  expect(why(join(folder, "nowhere"))).toContain("manifest.json cannot be read");
  expect(why(bundle("changed", { "worker.js": "changed" }, { "worker.js": "code" }))).toContain("its SHA-256 differs");
  expect(why(bundle("missing", {}, { "worker.js": "code" }))).toContain("worker.js cannot be read");
  for (const path of ["../outside.js", "/etc/hostname", "a/../../b.js", "a//b.js", ".hidden", "a\\b.js", ""])
    expect(why(bundle("escape", { "worker.js": "code" }, { [path]: "code" })), path).toContain("is not the manifest of a gateway");
  expect(readdirSync(root)).toEqual([]);
});

test("a kept bundle that was damaged is not believed, and is copied anew", () => {
  const from = bundle("one", { "worker.js": "code" });
  const kept = taken(from);
  bundleStore(root).keep(kept, new Set());
  writeFileSync(join(kept.folder, "worker.js"), "evil");
  expect(bundleStore(root).lastGood()).toBeUndefined();
  expect(taken(from)).toEqual(kept);
  expect(bundleStore(root).lastGood()).toEqual(kept);
});

test("the last one that was kept is known after a restart; those that serve no more are removed", () => {
  const [one, two, three] = ["1", "2", "3"].map((code) => taken(bundle(code, { "worker.js": code })));
  if (one === undefined || two === undefined || three === undefined) throw new Error("there are three");
  expect(bundleStore(root).lastGood()).toBeUndefined();
  bundleStore(root).keep(two, new Set([one.artefact]));
  expect([existsSync(one.folder), existsSync(two.folder), existsSync(three.folder)]).toEqual([true, true, false]);
  expect(bundleStore(root).lastGood()).toEqual(two);
});
