/** Writes `tables.bin` in the layout of `runtime/contract/tables.ts`: the narrowest numbers that hold a section's values, sections in their order. */
import {
  checksumWord,
  directoryWords,
  headerWords,
  tableSections,
  tablesChecksum,
  tablesMagic,
  tablesVersion,
  type TableSection,
} from "../../runtime/contract/tables.ts";

/** `data` as JSON text, `routes` as one for each; the others as numbers, of which `rows` and classes may be narrow. */
export type TableContents = { readonly data: string; readonly routes: readonly string[] } & {
  readonly [Section in Exclude<TableSection, "data" | "routes" | "routeEnds">]: readonly number[];
};
export type TableFile = {
  readonly bytes: Uint8Array /** Names this file among all others, for the code that belongs to it. */;
  readonly checksum: number;
};

const narrow: readonly TableSection[] = ["ipv4Classes", "ipv6Classes", "rows"];

export function writeTables(contents: TableContents): TableFile {
  const sections = tableSections.map((name) => sectionOf(name, contents));
  let end = aligned((headerWords + directoryWords * sections.length) * 4);
  const places = sections.map((section) => {
    const offset = end;
    end = aligned(end + section.byteLength);
    return { offset, section };
  });
  const bytes = new Uint8Array(end);
  const words = new Uint32Array(bytes.buffer);
  words.set([tablesMagic, tablesVersion, 0, end]);
  for (const [at, { offset, section }] of places.entries()) {
    words.set([offset, section.byteLength, section.BYTES_PER_ELEMENT], headerWords + at * directoryWords);
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), offset);
  }
  const checksum = tablesChecksum(words);
  words[checksumWord] = checksum;
  return { bytes, checksum };
}

function sectionOf(name: TableSection, contents: TableContents): Uint8Array | Uint16Array | Uint32Array {
  const encoder = new TextEncoder();
  if (name === "data") return encoder.encode(contents.data);
  if (name === "routes") return encoder.encode(contents.routes.join(""));
  if (name !== "routeEnds") return packed(name, contents[name]);
  let end = 0;
  return Uint32Array.from(contents.routes, (text) => (end += encoder.encode(text).length));
}

function packed(name: TableSection, numbers: readonly number[]): Uint8Array | Uint16Array | Uint32Array {
  const highest = narrow.includes(name) ? numbers.reduce((most, number) => Math.max(most, number), 0) : 0xffff_ffff;
  if (highest < 0x100) return Uint8Array.from(numbers);
  return highest < 0x1_0000 ? Uint16Array.from(numbers) : Uint32Array.from(numbers);
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
