/** Whether a client takes one of some media types (RFC 9110 section 12.5.1): of the ranges that fit a type the most specific one says. */
import { isToken, lowerAscii, trimBlanks } from "../kernel/characters.ts";

type Range = { readonly type: string; readonly subtype: string; readonly isWanted: boolean };

/** `fields`: values of `Accept`; none, or nothing in them: anything will do. What is no range counts for nothing. */
export function accepts(fields: readonly string[], types: readonly string[]): boolean {
  const parts = fields.flatMap((field) => field.split(",")).filter((part) => trimBlanks(part) !== "");
  if (parts.length === 0) return true;
  const ranges = parts.flatMap(readRange);
  return types.some((type) => isWanted(type, ranges));
}

function isWanted(mediaType: string, ranges: readonly Range[]): boolean {
  const [type = "", subtype = ""] = mediaType.split("/");
  const exact = ranges.filter((range) => range.type === type && range.subtype === subtype);
  const ofType = ranges.filter((range) => range.type === type && range.subtype === "*");
  const any = ranges.filter((range) => range.type === "*");
  const nearest = [exact, ofType, any].find((found) => found.length > 0) ?? [];
  return nearest.some((range) => range.isWanted);
}

function readRange(text: string): readonly Range[] {
  const [range = "", ...parameters] = text.split(";").map(trimBlanks);
  const [type = "", subtype = "", ...more] = lowerAscii(range).split("/");
  if (more.length > 0 || !isToken(type) || !isToken(subtype) || (type === "*" && subtype !== "*")) return [];
  const weight = parameters.find((parameter) => lowerAscii(parameter).startsWith("q="))?.slice(2);
  if (weight !== undefined && !/^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight)) return [];
  return [{ type, subtype, isWanted: weight === undefined || Number(weight) > 0 }];
}
