/** The reading of one list: its bytes, whether they are a version that is known, the addresses that it names. A script of its own: most gateways have no lists. */
import { createHash } from "node:crypto";
import type { AddressBounds, ListCondition } from "../../../contract/network-lists.ts";
import { networkOfList } from "../../../lists/network-of-list.ts";
import { ask } from "../ask.ts";
import { fetchList } from "./fetch-list.ts";
import type { ListPlace } from "./list-place.ts";

/** By what a version is known again: the SHA-256 of its bytes, and what its server calls it. */
export type ListVersion = { readonly sha256: string; readonly tag?: string };
export type ListQuestion = { readonly place: ListPlace; readonly where?: ListCondition; readonly known?: ListVersion };
export type ListAnswer =
  | { readonly kind: "read"; readonly version: ListVersion; readonly entries: number; readonly bounds: AddressBounds }
  /** It is the version that is known. */
  | { readonly kind: "same" }
  | { readonly kind: "failed"; readonly why: string };
export type ReadList = (question: ListQuestion) => Promise<ListAnswer>;

export async function readList({ place, where, known }: ListQuestion): Promise<ListAnswer> {
  const fetched = await fetchList(place, known?.tag, ask);
  if (fetched.kind !== "bytes") return fetched;
  const { bytes, tag } = fetched;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 === known?.sha256) return { kind: "same" };
  const text = decoded(bytes);
  if (text === undefined) return { kind: "failed", why: "it is not UTF-8 text" };
  const network = networkOfList(text, where);
  if (!network.ok) return { kind: "failed", why: network.why };
  const { entries, bounds } = network;
  return { kind: "read", version: { sha256, ...(tag === undefined ? {} : { tag }) }, entries, bounds };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
