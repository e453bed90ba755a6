/** The files of a git revision as a host for the compiler, read with the user's `git`. Nothing is checked out, nothing is written. */
import { spawnSync } from "node:child_process";
import { dirname, posix, relative, resolve, sep } from "node:path";
import type { CompilerHost } from "../../host.ts";
import { nodeHost } from "../node-host.ts";

export type Revision =
  | { readonly ok: true; readonly host: CompilerHost; readonly root: string }
  | { readonly ok: false; readonly message: string };

/** Of the repository that `file` is in, an absolute path. Paths are the same as on disk now; what lies outside of the repository is not there. */
export function gitRevision(revision: string, file: string): Revision {
  const folder = dirname(file);
  const top = git(folder, ["rev-parse", "--show-toplevel"]);
  if (top.kind === "absent") return refuse("`--against` asks `git`, which is not installed or not on the PATH");
  if (top.kind === "failed") return refuse(`\`--against\` needs a git repository, and git says of \`${folder}\`: ${top.why}`);
  const root = top.text.replace(/\r?\n$/, "");
  const commit = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (commit.kind !== "done")
    return refuse(
      `git knows no revision \`${revision}\` in \`${root}\`; if it is a branch elsewhere, fetch it first: \`git fetch origin ${revision}\``,
    );
  const listed = git(root, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit.text.trim()]);
  if (listed.kind !== "done")
    return refuse(`git cannot list the files of \`${revision}\`: ${listed.kind === "failed" ? listed.why : "it is gone"}`);
  return { ok: true, root, host: treeHost(root, treeOf(listed.text)) };
}

function refuse(message: string): Revision {
  return { ok: false, message };
}

type Git =
  | { readonly kind: "done"; readonly text: string; readonly bytes: Uint8Array }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "absent" };

const MOST_BYTES = 1 << 30;

function git(cwd: string, words: readonly string[]): Git {
  const { error, status, stdout, stderr } = spawnSync("git", [...words], { cwd, maxBuffer: MOST_BYTES, windowsHide: true });
  if (error !== undefined && "code" in error && error.code === "ENOENT") return { kind: "absent" };
  if (error !== undefined || status !== 0)
    return { kind: "failed", why: (error?.message ?? stderr.toString()).trim().replace(/^fatal: /, "") };
  return { kind: "done", text: stdout.toString(), bytes: stdout };
}

type Entry = { readonly mode: string; readonly id: string; readonly size: number };
type Tree = { readonly files: ReadonlyMap<string, Entry>; readonly folders: ReadonlySet<string> };

/** Lines `MODE TYPE ID SIZE<TAB>PATH`, each ended by NUL (git-ls-tree). */
function treeOf(listed: string): Tree {
  const files = new Map<string, Entry>();
  const folders = new Set<string>([""]);
  for (const line of listed.split("\0")) {
    const [, mode = "", id = "", size = "", path = ""] = /^(\d+) \S+ (\S+) +(\S+)\t([^]*)$/.exec(line) ?? [];
    if (path === "") continue;
    files.set(path, { mode, id, size: Number(size) });
    for (let folder = posix.dirname(path); folder !== "." && !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  }
  return { files, folders };
}

const LINK = "120000";
const MODULE = "160000";
const MOST_LINKS = 40;

function treeHost(root: string, tree: Tree): CompilerHost {
  const blob = (id: string): Uint8Array | undefined => {
    const read = git(root, ["cat-file", "blob", id]);
    return read.kind === "done" ? read.bytes : undefined;
  };
  const within = (path: string): string | undefined => {
    const below = relative(root, resolve(root, path)).split(sep).join("/");
    return below === ".." || below.startsWith("../") ? undefined : below;
  };
  /** Links followed, those of folders too. */
  const followed = (path: string, links = 0): string | undefined => {
    let at = "";
    const names = path === "" ? [] : path.split("/");
    for (const [place, name] of names.entries()) {
      at = at === "" ? name : `${at}/${name}`;
      const entry = tree.files.get(at);
      if (entry?.mode !== LINK) continue;
      const target = blob(entry.id);
      if (target === undefined || links >= MOST_LINKS) return undefined;
      const rest = names.slice(place + 1).join("/");
      const next = within(posix.join(root, posix.dirname(at), new TextDecoder().decode(target), rest));
      return next === undefined ? undefined : followed(next, links + 1);
    }
    return tree.files.has(at) || tree.folders.has(at) ? at : undefined;
  };
  const { sha256, now } = nodeHost(root);
  return {
    sha256,
    now,
    resolve: (path) => {
      const below = within(path);
      const found = below === undefined ? undefined : followed(below);
      return found === undefined ? undefined : posix.join(root, found);
    },
    read: (path, limit) => {
      const below = within(path) ?? "";
      const entry = tree.files.get(below);
      if (entry === undefined) return { ok: false, why: tree.folders.has(below) ? "not-a-file" : "missing" };
      if (entry.mode === MODULE) return { ok: false, why: "not-a-file" };
      if (entry.size > limit) return { ok: false, why: "too-large" };
      const bytes = blob(entry.id);
      return bytes === undefined ? { ok: false, why: "broken" } : { ok: true, bytes };
    },
  };
}
