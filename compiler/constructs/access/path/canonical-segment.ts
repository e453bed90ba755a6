/** A literal segment in the form in which every request has it (D20.9), or why none ever has it. */

export type CanonicalSegment = { readonly kind: "segment"; readonly text: string } | { readonly kind: "impossible"; readonly why: string };

export function canonicalSegment(written: string): CanonicalSegment {
  const text = written.replace(/%(?![0-9a-fA-F]{2})/g, "%25");
  const decoded = decode(text);
  const why = decoded === undefined ? "its triplets are no UTF-8 text" : impossibility(decoded);
  if (why !== undefined) return { kind: "impossible", why };
  return { kind: "segment", text: text.replace(/%[0-9a-fA-F]{2}|[^%]/gu, canonicalPart) };
}

/** The text that two equal segments have in common. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/[\u0080-\u{10ffff}]/gu, (character) => (character.isWellFormed() ? character : "%ff")));
  } catch {
    return undefined;
  }
}

function impossibility(decoded: string): string | undefined {
  if (decoded === "." || decoded === "..") return "dot segments are refused or resolved";
  if (/[/\\]/.test(decoded)) return "encoded slashes and backslashes are refused";
  // oxlint-disable-next-line no-control-regex -- control characters are what is sought
  if (/[\x00-\x1f\x7f]/.test(decoded)) return "control characters are refused";
  if (/%(?:2e|2f|5c|25)/i.test(decoded)) return "double encoding is refused";
  return undefined;
}

function canonicalPart(part: string): string {
  if (part.startsWith("%") && part.length === 3) {
    const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : part.toUpperCase();
  }
  return /[A-Za-z0-9._~!$&'()*+,=:@-]/.test(part) ? part : encodeURIComponent(part);
}
