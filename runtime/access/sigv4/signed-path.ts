/**
 * The path as its signer wrote it into the canonical request: dot segments and empty segments resolved, every byte that is
 * not unreserved encoded once more than on the wire (so `%20` is signed as `%2520`), as all services but S3 have it. It is
 * read from the wire, not from the canonical path (D20): what is routed is a function of what was signed (D141).
 */
import { isUnreserved } from "../../kernel/characters.ts";
import { tripletOf } from "./triplet.ts";

const slash = 47;

/** `path` starts with `/` and has one character a byte. */
export function signedPath(path: string): string {
  const resolved = path.includes("//") || path.includes("/.") ? resolve(path) : path;
  let out = "";
  let copied = 0;
  for (let at = 0; at < resolved.length; at++) {
    const code = resolved.charCodeAt(at);
    if (code === slash || isUnreserved(code)) continue;
    out += resolved.slice(copied, at) + tripletOf(code);
    copied = at + 1;
  }
  return copied === 0 ? resolved : out + resolved.slice(copied);
}

function resolve(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return kept.length > 0 && path.endsWith("/") ? `/${kept.join("/")}/` : `/${kept.join("/")}`;
}
