/** Paths as sources write them. Promises: pure text with `/`; a path that leaves the root is told apart before anything is opened. */

export type PathReading =
  /** Relative to the root, without `.` and `..`. */
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "outside" }
  /** `why` is a clause about the path. */
  | { readonly kind: "malformed"; readonly why: string };

/** The path that `written` means in `file`, which is relative to the root. */
export function readPath(file: string, written: string): PathReading {
  if (written === "") return { kind: "malformed", why: "is empty" };
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(written)) return { kind: "malformed", why: "has control characters" };
  if (written.includes("\\")) return { kind: "malformed", why: "has a backslash; folders are parted by `/` on every system" };
  if (/^(?:\/|~|[A-Za-z][A-Za-z0-9+.-]*:)/.test(written)) return { kind: "malformed", why: "must be relative to the file that names it" };
  const parts = file.split("/").slice(0, -1);
  for (const part of written.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return { kind: "outside" };
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.length === 0 || /(?:^|\/)\.{0,2}$/.test(written)
    ? { kind: "malformed", why: "names a folder, not a file" }
    : { kind: "path", path: parts.join("/") };
}

/** What comes after `root/`, or undefined where `real` is not below. Both are absolute and without links. */
export function belowRoot(root: string, real: string): string | undefined {
  const folder = root.endsWith("/") ? root : `${root}/`;
  return real.startsWith(folder) ? real.slice(folder.length) : undefined;
}

export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}
