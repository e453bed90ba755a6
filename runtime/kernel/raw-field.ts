/** A field of a message as it was received: names and values in turn. */

/** The first of that name, which is given in lower case. */
export function firstRaw(raw: readonly string[], name: string): string | undefined {
  for (let at = 0; at + 1 < raw.length; at += 2) if (raw[at]?.length === name.length && raw[at]?.toLowerCase() === name) return raw[at + 1];
  return undefined;
}
