/** Whether a client takes one of some media types (RFC 9110 section 12.5.1): of the ranges that fit a type the most specific one says. */
import { trimBlanks } from "../kernel/characters.ts";
import { type MediaRange, readRanges } from "./media-ranges.ts";

/** `fields`: values of `Accept`; none, or nothing in them: anything will do. What is no range counts for nothing. */
export function accepts(fields: readonly string[], types: readonly string[]): boolean {
  if (fields.every((field) => field.split(",").every((part) => trimBlanks(part) === ""))) return true;
  const ranges = readRanges(fields);
  return types.some((type) => isWanted(type, ranges));
}

function isWanted(mediaType: string, ranges: readonly MediaRange[]): boolean {
  const nearest = [mediaType, `${mediaType.slice(0, mediaType.indexOf("/"))}/*`, "*/*"]
    .map((wanted) => ranges.filter(({ type }) => type === wanted))
    .find((found) => found.length > 0);
  return (nearest ?? []).some(({ weight }) => weight > 0);
}
