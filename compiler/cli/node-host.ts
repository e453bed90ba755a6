/** The compiler's one door to the file system, on Node. */
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { CompilerHost, HostRead, Unreadable } from "../host.ts";

export function nodeHost(cwd: string): CompilerHost {
  return {
    resolve: (path) => {
      try {
        return realpathSync.native(resolve(cwd, path)).replaceAll("\\", "/");
      } catch {
        return undefined;
      }
    },
    read: readRegularFile,
    sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
    now: () => performance.now(),
  };
}

/** Opened without waiting, so that a named pipe is seen for what it is and not waited for. */
function readRegularFile(path: string, limit: number): HostRead {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { ok: false, why: "not-a-file" };
    if (stat.size > limit) return { ok: false, why: "too-large" };
    const bytes = new Uint8Array(stat.size);
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, null);
      if (count === 0) break;
      length += count;
    }
    return { ok: true, bytes: bytes.subarray(0, length) };
  } catch (error) {
    return { ok: false, why: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function reasonOf(error: unknown): Unreadable {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "missing";
  if (code === "EACCES" || code === "EPERM") return "no-permission";
  if (code === "EISDIR") return "not-a-file";
  return "broken";
}
