/** A host of the language service over a folder, as an editor's server has one. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { nodeHost } from "../../../compiler/cli/node-host.ts";
import type { EditorHost } from "../../../editor/service/index.ts";

export function diskHost(): EditorHost {
  const { resolve, read, now } = nodeHost("/");
  const sources = (root: string): readonly string[] =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).flatMap((name) => (name.endsWith(".gwl") ? [join(root, name)] : []));
  return { resolve, read, now, sources, pause: () => setImmediate() };
}
