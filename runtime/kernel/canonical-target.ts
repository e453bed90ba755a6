/** The request target (RFC 9112 section 3.2) as canonical path and query. Knows nothing of fields: the host is given. */
import type { PathRules } from "../contract/request-rules.ts";
import { hexValue, isTargetCharacter, lowerAscii } from "./characters.ts";
import { canonicalPath } from "./canonical-path.ts";

export type CanonicalTarget = { readonly path: string; readonly query: string | undefined };

/**
 * Origin-form, absolute-form of the same authority as `Host`, or `*` with OPTIONS; all else is undefined, as are paths
 * that `canonicalPath` refuses and queries with characters that no URI has.
 */
export function canonicalTarget(target: string, method: string, authority: string, rules: PathRules): CanonicalTarget | undefined {
  if (target === "*") return method === "OPTIONS" ? { path: "*", query: undefined } : undefined;
  const rest = target.startsWith("/") ? target : behindAuthority(target, authority);
  if (rest === undefined) return undefined;
  const mark = rest.indexOf("?");
  const query = mark < 0 ? undefined : rest.slice(mark + 1);
  if (query !== undefined && !isQuery(query)) return undefined;
  const path = canonicalPath(mark < 0 ? rest : rest.slice(0, mark), rules);
  return path === undefined ? undefined : { path, query };
}

function behindAuthority(target: string, authority: string): string | undefined {
  const scheme = ["http://", "https://"].find((prefix) => lowerAscii(target.slice(0, prefix.length)) === prefix);
  if (scheme === undefined || authority === "") return undefined;
  const start = scheme.length;
  const end = start + authority.length;
  if (lowerAscii(target.slice(start, end)) !== authority) return undefined;
  const rest = target.slice(end);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : undefined;
}

/** The characters of a path with `;` and `?`, and triplets that are whole; what these decode to is the reader's affair. */
function isQuery(query: string): boolean {
  for (let at = 0; at < query.length; at++) {
    const code = query.charCodeAt(at);
    if (!isTargetCharacter(code)) return false;
    if (code === 37 && (hexValue(query.charCodeAt(at + 1)) < 0 || hexValue(query.charCodeAt(at + 2)) < 0)) return false;
  }
  return true;
}
