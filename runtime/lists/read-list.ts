/** The text of a list as its entries, told by its content: JSON, or one entry a line. Promises: a list means the same to the compiler and at run time. */
import { readJsonList } from "./json-list.ts";
import type { ListReading } from "./list-format.ts";
import { readTextList } from "./text-list.ts";

export function readList(written: string): ListReading {
  const text = written.replace(/^\uFEFF/, "");
  return /^\s*[{[]/.test(text) ? readJsonList(text) : readTextList(text);
}
