/** DER as a tree (X.690). Promises: one way to write a thing; what is written otherwise is undefined. */
export type Der = { readonly tag: number; readonly bytes: readonly number[]; readonly parts: readonly Der[] };

/** The one thing that `bytes` are. */
export function parseDer(bytes: readonly number[]): Der | undefined {
  const read = readAll(bytes);
  return read?.length === 1 ? read[0] : undefined;
}

function readAll(bytes: readonly number[]): readonly Der[] | undefined {
  if (bytes.length === 0) return [];
  const [tag = 0, first = 0, ...behind] = bytes;
  if (bytes.length < 2 || tag % 32 === 31 || first === 128 || first > 131) return undefined;
  const digits = first < 128 ? [] : behind.slice(0, first - 128);
  const length = first < 128 ? first : digits.reduce((sum, digit) => sum * 256 + digit, 0);
  if (first >= 128 && (digits.length < first - 128 || digits[0] === 0 || length < 128)) return undefined;
  const body = behind.slice(digits.length, digits.length + length);
  const rest = body.length === length ? readAll(behind.slice(digits.length + length)) : undefined;
  // Bit 6 of the tag says that there are things inside.
  const parts = Math.floor(tag / 32) % 2 === 1 ? readAll(body) : [];
  return rest && parts && [{ tag, bytes: body, parts }, ...rest];
}

/** `2.5.4.3` */
export function dotted(der: Der | undefined): string {
  if (der === undefined || der.tag !== 6) return "";
  const numbers: number[] = [];
  let number = 0;
  for (const byte of der.bytes) {
    number = number * 128 + (byte % 128);
    if (byte < 128) {
      numbers.push(number);
      number = 0;
    }
  }
  const [first = 0, ...others] = numbers;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...others].join(".");
}
