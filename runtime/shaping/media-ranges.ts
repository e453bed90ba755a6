/** The list of a field of media types, as they stand in `Accept` (RFC 9110 section 12.5.1). What is no range is left out. */
import { isToken, lowerAscii, trimBlanks } from "../kernel/characters.ts";

/** `type`: `type/subtype`, lower-case. `weight`: from 0 to 1. Names of parameters are lower-case. */
export type MediaRange = {
  readonly type: string;
  readonly weight: number;
  readonly parameters: readonly (readonly [name: string, value: string])[];
};

export function readRanges(fields: readonly string[]): readonly MediaRange[] {
  return fields.flatMap((field) => field.split(",")).flatMap(readRange);
}

function readRange(text: string): readonly MediaRange[] {
  const [range = "", ...rest] = text.split(";").map(trimBlanks);
  const [type = "", subtype = "", ...more] = lowerAscii(range).split("/");
  if (more.length > 0 || !isToken(type) || !isToken(subtype) || (type === "*" && subtype !== "*")) return [];
  const parameters = rest.map(readParameter);
  const weight = rest.find((parameter) => lowerAscii(parameter).startsWith("q="))?.slice(2) ?? "1";
  if (!/^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight)) return [];
  return [{ type: `${type}/${subtype}`, weight: Number(weight), parameters }];
}

function readParameter(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  const value = equals < 0 ? "" : text.slice(equals + 1);
  const isQuoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
  return [lowerAscii(equals < 0 ? text : text.slice(0, equals)), isQuoted ? value.slice(1, -1) : value];
}
