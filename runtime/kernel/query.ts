/**
 * Query text as names and values, form-urlencoded (WHATWG URL section 5.1) but strict: what is read must be UTF-8 in
 * whole triplets. Knows no routes.
 */
export type QueryPair = readonly [name: string, value: string];

const none: readonly QueryPair[] = [];

/** The pairs whose names are in `read`, decoded. Undefined: some name, or the value of one that is read, is not UTF-8. */
export function readQuery(query: string | undefined, read: readonly string[]): readonly QueryPair[] | undefined {
  return read.length === 0 ? none : pairsOf(query, (name) => read.includes(name));
}

/** All pairs, decoded. Undefined: one of them is not UTF-8. */
export function wholeQuery(query: string | undefined): readonly QueryPair[] | undefined {
  return pairsOf(query, () => true);
}

function pairsOf(query: string | undefined, isRead: (name: string) => boolean): readonly QueryPair[] | undefined {
  if (query === undefined || query === "") return none;
  const pairs: QueryPair[] = [];
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    if (name === undefined) return undefined;
    if (!isRead(name)) continue;
    const value = equals < 0 ? "" : decoded(part.slice(equals + 1));
    if (value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}

function decoded(text: string): string | undefined {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}
