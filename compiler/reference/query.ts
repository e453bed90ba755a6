/** What `query()` and `queries()` read (D20.10, D44). Knows nothing of rules. */
import { decodeTriplets } from "./triplets.ts";

/** Undefined where the bytes are no UTF-8. */
export type QueryField = { readonly name: string | undefined; readonly value: string | undefined };

/** `query` is what stands behind the `?`, shown to be free of broken triplets. */
export function queryFields(query: string): readonly QueryField[] {
  const parts = query.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const equals = part.indexOf("=");
    const [name, value] = equals === -1 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
    return { name: decodeTriplets(name.replaceAll("+", " ")), value: decodeTriplets(value.replaceAll("+", " ")) };
  });
}
