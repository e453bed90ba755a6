/** A host that remembers which files were asked for, found or not. */
import { resolve } from "node:path";
import type { CompilerHost } from "../host.ts";

export type RecordingHost = { readonly host: CompilerHost; readonly files: () => readonly string[] };

export function recordingHost(host: CompilerHost, cwd: string): RecordingHost {
  const asked = new Set<string>();
  const recorded: CompilerHost = {
    ...host,
    resolve: (path) => {
      const real = host.resolve(path);
      asked.add(real ?? resolve(cwd, path));
      return real;
    },
    read: (path, limit) => {
      asked.add(path);
      return host.read(path, limit);
    },
  };
  return { host: recorded, files: () => [...asked] };
}
