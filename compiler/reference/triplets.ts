/** Percent triplets (RFC 3986 section 2.1) to text. Knows nothing of paths and queries. */

/** UTF-8, strictly: no overlong forms, no surrogates, no byte order mark taken away. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text with each triplet as the byte it stands for, read as UTF-8. `text` is ASCII and has no broken triplet. */
export function decodeTriplets(text: string): string | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "%") bytes.push(text.charCodeAt(at));
    else {
      bytes.push(Number.parseInt(text.slice(at + 1, at + 3), 16));
      at += 2;
    }
  }
  return utf8(Uint8Array.from(bytes));
}

export function hasBrokenTriplet(text: string): boolean {
  return /%(?![0-9a-fA-F]{2})/.test(text);
}

/** Characters that are refused in a path and in a query: controls, space, all beyond ASCII, and these. */
export function hasForbiddenCharacter(text: string): boolean {
  return /[^!-~]|[\\#"<>^{|}`]/.test(text);
}
