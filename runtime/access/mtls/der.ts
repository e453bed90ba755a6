/** DER (X.690) as far as certificates use it: definite lengths in their shortest form, tags of one byte. Anything else is undefined. */
export type Element = { readonly tag: number; readonly body: Uint8Array };

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** All elements that `bytes` are made of, one after the other. */
export function elements(bytes: Uint8Array): readonly Element[] | undefined {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    // Tags of several bytes, and lengths that are told by an end mark or by more than three bytes, are in no certificate.
    if ((tag & 0x1f) === 0x1f || first === undefined || first === 0x80 || first > 0x83) return undefined;
    const more = first < 0x80 ? 0 : first & 0x7f;
    let length = more === 0 ? first : 0;
    for (let byte = 0; byte < more; byte++) length = length * 256 + (bytes[at + 2 + byte] ?? 0);
    const isShortest = more === 0 || (length >= 0x80 && length >= 256 ** (more - 1));
    const start = at + 2 + more;
    if (!isShortest || start + length > bytes.length) return undefined;
    found.push({ tag, body: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

const deepest = 32;

/** The one element that `bytes` are, whole down to its last part. */
export function single(bytes: Uint8Array, tag: number): Element | undefined {
  const [only, ...rest] = elements(bytes) ?? [];
  return only !== undefined && rest.length === 0 && only.tag === tag && isWhole(only, deepest) ? only : undefined;
}

/** Bit 6 of a tag says that there are elements inside. */
function isWhole({ tag, body }: Element, depth: number): boolean {
  if ((tag & 0x20) === 0) return true;
  return depth > 0 && elements(body)?.every((part) => isWhole(part, depth - 1)) === true;
}

/** The elements inside one that has this tag. */
export function inside(element: Element | undefined, tag: number): readonly Element[] | undefined {
  return element?.tag === tag ? elements(element.body) : undefined;
}

/** The body of an element with this tag. */
export function bodyOf(element: Element | undefined, tag: number): Uint8Array | undefined {
  return element?.tag === tag ? element.body : undefined;
}
