/** Where lists are when the gateway serves: below the folder or the address that `LISTS` names or, without it, below the folder that the process was started in. */
import { resolve } from "node:path";

/** Of one list. `url`: `https:`. */
export type ListPlace = { readonly kind: "file"; readonly path: string } | { readonly kind: "url"; readonly url: string };
export type ListPlaces =
  | { readonly ok: true; readonly placeOf: (path: string) => ListPlace }
  | { readonly ok: false; readonly problem: string };

export function listPlaces(lists: string | undefined): ListPlaces {
  if (lists === undefined || !/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(lists)) {
    if (lists === "") return { ok: false, problem: "`LISTS` is empty: it must be a folder or an address, or not be set" };
    return { ok: true, placeOf: (path) => ({ kind: "file", path: resolve(lists ?? ".", path) }) };
  }
  const base = URL.parse(lists.endsWith("/") ? lists : `${lists}/`);
  if (base === null || base.protocol !== "https:" || base.search !== "" || base.hash !== "" || base.username + base.password !== "")
    return { ok: false, problem: "`LISTS` must be a folder, or an address `https://HOST/PATH/` without a query and without credentials" };
  return { ok: true, placeOf: (path) => ({ kind: "url", url: new URL(path.split("/").map(encodeURIComponent).join("/"), base).href }) };
}
