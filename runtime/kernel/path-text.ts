/**
 * A canonical path read segment by segment, from the left: where segments begin. Nothing is cut out or decoded before it is asked
 * for, but for paths with triplets, whose segments are compared decoded.
 */
import { hashStep, textHash } from "./text-hash.ts";

/** One path at a time: nothing of a match waits. */
export type PathText = {
  path: string;
  /** Whether any segment may have to be decoded. */
  hasTriplets: boolean;
  /** Of how many segments the end is known. */
  read: number;
  /** Where each segment that was read begins, and the next one; behind the path's end where there is none. */
  readonly starts: Int32Array;
};

const slash = 47;

/** `depth`: the most segments that will be read. */
export function pathText(depth: number): PathText {
  return { path: "/", hasTriplets: false, read: 0, starts: new Int32Array(depth + 2) };
}

export function beginPath(text: PathText, path: string): void {
  text.path = path;
  text.hasTriplets = path.includes("%");
  text.read = 0;
  text.starts[0] = path.length === 1 ? 2 : 1;
}

/** Whether the path has no more than `depth` segments. Those before must have been read. */
export function endsAt({ starts, path }: PathText, depth: number): boolean {
  return (starts[depth] ?? 0) > path.length;
}

/** Finds the end of the segment at `depth`, whose beginning is known. */
export function readSegment(text: PathText, depth: number): void {
  if (depth < text.read) return;
  const end = text.path.indexOf("/", text.starts[depth]);
  endSegment(text, depth, end < 0 ? text.path.length : end);
}

function endSegment(text: PathText, depth: number, end: number): void {
  text.starts[depth + 1] = end + 1;
  text.read = depth + 1;
}

/** Reads the segment at `depth` and hashes it, decoded. */
export function hashSegment(text: PathText, depth: number): number {
  if (text.hasTriplets) {
    readSegment(text, depth);
    return textHash(segmentAt(text, depth));
  }
  const { path } = text;
  let hash = 0;
  let end = text.starts[depth] ?? 0;
  for (; end < path.length; end++) {
    const code = path.charCodeAt(end);
    if (code === slash) break;
    hash = hashStep(hash, code);
  }
  if (depth >= text.read) endSegment(text, depth, end);
  return hash;
}

/** Whether the segment at `depth`, decoded, is the text of `length` code units from `begin` in `units`; reads it if it is. */
export function isSegment(text: PathText, depth: number, units: Uint16Array, begin: number, length: number): boolean {
  if (text.hasTriplets) return isDecoded(text, depth, units, begin, length);
  const { path } = text;
  const start = text.starts[depth] ?? 0;
  const end = start + length;
  if (end > path.length) return false;
  for (let at = 0; at < length; at++) if (path.charCodeAt(start + at) !== units[begin + at]) return false;
  if (end < path.length && path.charCodeAt(end) !== slash) return false;
  if (depth >= text.read) endSegment(text, depth, end);
  return true;
}

function isDecoded(text: PathText, depth: number, units: Uint16Array, begin: number, length: number): boolean {
  readSegment(text, depth);
  const segment = segmentAt(text, depth);
  if (segment.length !== length) return false;
  for (let at = 0; at < length; at++) if (segment.charCodeAt(at) !== units[begin + at]) return false;
  return true;
}

/** Decoded. The segment must have been read. */
export function segmentAt({ path, starts, hasTriplets }: PathText, depth: number): string {
  const segment = path.slice(starts[depth] ?? 0, (starts[depth + 1] ?? 0) - 1);
  return hasTriplets && segment.includes("%") ? decodeURIComponent(segment) : segment;
}

/** All behind the slash before the segment at `depth`, as it came. */
export function restFrom({ path, starts }: PathText, depth: number): string {
  return path.slice(starts[depth] ?? 0);
}
