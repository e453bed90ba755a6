/** From a path in a source to the file's text. Promises: every way to fail is a finding at that path. */
import type { TextNode } from "../../grammar/ast.ts";
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import type { CompilerHost } from "../host.ts";
import { malformedPath, notUtf8, outsideRoot, unreadableFile } from "./load.diagnostics.ts";
import { once } from "../model/once.ts";
import { belowRoot, readPath } from "./paths.ts";

type Problem = { readonly problem: Diagnostic };

/** `file` is relative to the root and `real` absolute, both with links followed. */
export function locate(host: CompilerHost, root: string, path: TextNode): Problem | { readonly file: string; readonly real: string } {
  const written = path.value;
  const reading = readPath(path.span.file, written);
  if (reading.kind === "malformed") return { problem: finding(malformedPath, path.span, { path: written, why: reading.why }) };
  if (reading.kind === "outside") return { problem: finding(outsideRoot, path.span, { path: written }) };
  const real = host.resolve(root === "/" ? `/${reading.path}` : `${root}/${reading.path}`);
  if (real === undefined) return { problem: finding(unreadableFile, path.span, { path: written, why: "missing" }) };
  const file = belowRoot(root, real);
  return file === undefined ? { problem: finding(outsideRoot, path.span, { path: written }) } : { file, real };
}

export function readNamed(
  host: CompilerHost,
  real: string,
  path: TextNode,
  limit: number,
): Problem | { readonly text: string; readonly sha256: string } {
  const read = host.read(real, limit);
  if (!read.ok) return { problem: finding(unreadableFile, path.span, { path: path.value, why: read.why }) };
  const text = decode(read.bytes);
  return text === undefined ? { problem: finding(notUtf8, path.span, { path: path.value }) } : { text, sha256: host.sha256(read.bytes) };
}

/** Undefined where the bytes are not UTF-8. A byte order mark stays, so that places are counted as editors do. The same bytes are read once. */
export const decode = once((bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
});
