/**
 * Editors name documents by URI, the service by absolute path. Promises: both ways meet, whatever the scheme; a document that is open keeps
 * the URI that its editor wrote. Only `file` has a place on disk.
 */
import type { EditorHost } from "../service/host.ts";

export type Paths = {
  /** The one path of the file, links followed. */
  readonly pathOf: (uri: string) => string;
  /** As it is written. */
  readonly plainPathOf: (uri: string) => string;
  readonly uriOf: (path: string) => string;
  /** From now on the path has this URI, letter by letter. */
  readonly keep: (uri: string) => void;
  readonly forget: (uri: string) => void;
};

export function paths(host: Pick<EditorHost, "resolve">): Paths {
  const kept = new Map<string, string>();
  const pathOf = (uri: string): string => {
    const path = pathOfUri(uri);
    return host.resolve(path) ?? path;
  };
  return {
    pathOf,
    plainPathOf: pathOfUri,
    uriOf: (path) => kept.get(path) ?? uriOfPath(path),
    keep: (uri) => void kept.set(pathOf(uri), uri),
    forget: (uri) => void kept.delete(pathOf(uri)),
  };
}

/**
 * `file:///a/b.gwl` is `/a/b.gwl` and `file:///c%3A/b.gwl` is `c:/b.gwl`; `scheme://host/a.gwl` is `/scheme:/host/a.gwl` and `scheme:/a.gwl`
 * is `/scheme://a.gwl`.
 */
export function pathOfUri(uri: string): string {
  const [, scheme = "", , authority = "", path = ""] = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/([^/?#]*))?([^?#]*)/.exec(uri) ?? [];
  const plain = decoded(path);
  if (scheme !== "file") return `/${scheme}:/${decoded(authority)}${plain.startsWith("/") ? plain : `/${plain}`}`;
  if (authority !== "") return `//${decoded(authority)}${plain}`;
  return /^\/[A-Za-z]:/.test(plain) ? `${plain[1]?.toLowerCase()}${plain.slice(2)}` : plain;
}

export function uriOfPath(path: string): string {
  const [, scheme, authority = "", rest = ""] = /^\/([A-Za-z][A-Za-z0-9+.-]*):\/([^/]*)(.*)$/.exec(path) ?? [];
  if (scheme !== undefined) return `${scheme}:${authority === "" ? "" : `//${encoded(authority)}`}${encoded(rest)}`;
  if (path.startsWith("//")) return `file:${encoded(path)}`;
  return `file://${encoded(path.startsWith("/") ? path : `/${path}`)}`;
}

const encoded = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
