/**
 * Opens `tables.bin`: typed arrays laid over the bytes, nothing copied but JSON. Promises that what it gives
 * is whole: every number names something that exists and every walk over nodes ends. Knows nothing of requests.
 */
import {
  checksumWord,
  directoryWords,
  headerWords,
  tableSections,
  tablesChecksum,
  tablesMagic,
  tablesVersion,
  type TableSection,
} from "../contract/tables.ts";
import type { TableData } from "../contract/table-data.ts";
import { classOfAddress } from "./address-classes.ts";
import { routeList } from "./route-list.ts";
import { isSound } from "./table-checks.ts";
import type { Numbers, Tables, TableViews } from "./table-views.ts";

export type OpenedTables = { readonly ok: true; readonly tables: Tables } | { readonly ok: false; readonly problem: string };

/** `expected`: the checksum of the tables that the code was emitted with; code and tables of different builds do not mix. */
export function openTables(bytes: Uint8Array, expected: number): OpenedTables {
  const words = alignedWords(bytes);
  if (words === undefined || words[0] !== tablesMagic) return refused("they are not tables of a gateway, or were cut off");
  if (words[1] !== tablesVersion) return refused(`they have format ${words[1]}, this handler reads format ${tablesVersion}`);
  if (words[3] !== words.byteLength) return refused("they were cut off or have something behind their end");
  const sum = tablesChecksum(words);
  if (sum !== words[checksumWord]) return refused("they are damaged: the checksum does not fit");
  if (sum !== expected) return refused("they belong to another build than the handler beside them");
  const views = readSections(words);
  const classOf = views !== undefined && isSound(views) ? classOfAddress(views) : undefined;
  return views === undefined || classOf === undefined ? refused("they contradict themselves") : { ok: true, tables: { ...views, classOf } };
}

function refused(why: string): OpenedTables {
  return { ok: false, problem: `the tables of the gateway cannot be used: ${why}; build the gateway again` };
}

/** Typed arrays need their offset to be a multiple of their width; small files come at any place in a shared buffer. */
function alignedWords(bytes: Uint8Array): Uint32Array | undefined {
  if (bytes.byteLength % 8 !== 0 || bytes.byteLength < (headerWords + directoryWords * tableSections.length) * 4) return undefined;
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

function readSections(words: Uint32Array): TableViews | undefined {
  const found = new Map<TableSection, Numbers>();
  for (const [at, name] of tableSections.entries()) {
    const section = sectionNumbers(words, headerWords + at * directoryWords);
    if (section === undefined) return undefined;
    found.set(name, section);
  }
  const data = parseData(found.get("data"));
  const numbers = (name: TableSection): Numbers => found.get(name) ?? new Uint8Array();
  const words32 = (name: TableSection): Uint32Array => wordsOf(numbers(name));
  const bytes = (name: TableSection): Uint8Array => bytesOf(numbers(name));
  if (data === undefined) return undefined;
  return {
    data,
    ipv4Starts: words32("ipv4Starts"),
    ipv4Classes: numbers("ipv4Classes"),
    ipv6Starts: words32("ipv6Starts"),
    ipv6Classes: numbers("ipv6Classes"),
    rows: numbers("rows"),
    cells: words32("cells"),
    nodes: words32("nodes"),
    parts: words32("parts"),
    lookups: words32("lookups"),
    lookupKeys: words32("lookupKeys"),
    lookupNodes: words32("lookupNodes"),
    routes: routeList(bytes("routes"), words32("routeEnds"), data, numbers("rows").length / data.classCount),
    routeTree: signed(words32("routeTree")),
    routeCandidates: words32("routeCandidates"),
    loneEnds: words32("loneEnds"),
    loneIpv4: words32("loneIpv4"),
    loneIpv6: words32("loneIpv6"),
  };
}

/** Numbers that are narrower than the layout says are none: what needs them refuses. */
function wordsOf(section: Numbers): Uint32Array {
  return section instanceof Uint32Array ? section : noWords;
}

const noWords = new Uint32Array();

function bytesOf(section: Numbers): Uint8Array {
  return section instanceof Uint8Array ? section : noBytes;
}

const noBytes = new Uint8Array();

function signed({ buffer, byteOffset, length }: Uint32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

function sectionNumbers(words: Uint32Array, entry: number): Numbers | undefined {
  const [offset = 0, length = 0, width = 0] = words.subarray(entry, entry + directoryWords);
  if (offset % 8 !== 0 || offset + length > words.byteLength) return undefined;
  const start = words.byteOffset + offset;
  if (width === 1) return new Uint8Array(words.buffer, start, length);
  if (width === 2 && length % 2 === 0) return new Uint16Array(words.buffer, start, length / 2);
  if (width === 4 && length % 4 === 0) return new Uint32Array(words.buffer, start, length / 4);
  return undefined;
}

/** The compiler wrote it; `isSound` checks what other parts rely on. */
function parseData(section: Numbers | undefined): TableData | undefined {
  if (!(section instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(section)) as TableData;
  } catch {
    return undefined;
  }
}
