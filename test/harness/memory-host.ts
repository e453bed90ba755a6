/** A host whose files are in memory, for tests. Promises: `links` behave as symbolic links of files; nothing else exists. */
import { createHash } from "node:crypto";
import type { CompilerHost } from "../../compiler/host.ts";

/** Texts or bytes by absolute path; `links` lead from one path to another. A path that ends in `/` is a folder. */
export function memoryHost(
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
): CompilerHost {
  return {
    resolve: (path) => {
      const target = links[path] ?? path;
      return Object.hasOwn(files, target) || Object.hasOwn(files, `${target}/`) ? target : undefined;
    },
    read: (path, limit) => {
      const content = files[path];
      if (content === undefined) return { ok: false, why: Object.hasOwn(files, `${path}/`) ? "not-a-file" : "missing" };
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      return bytes.length > limit ? { ok: false, why: "too-large" } : { ok: true, bytes };
    },
    sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
    now: () => performance.now(),
  };
}
